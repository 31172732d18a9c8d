package io.github.kratosadmin.statistics;

/**
 * The connections of a client. The numbers may be from slightly different times.
 *
 * @param leased the number of connections in use
 * @param pending the number of requests that wait for a connection
 * @param available the number of open connections that are not in use
 * @param maximum the maximum number of connections
 */
public record ConnectionStatistics(int leased, int pending, int available, int maximum) {

}

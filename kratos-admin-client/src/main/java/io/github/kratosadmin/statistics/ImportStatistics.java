package io.github.kratosadmin.statistics;

/**
 * The number of rows of all imports of a client, by their outcome. A row counts when its
 * result is available.
 *
 * @param created the number of identities that were created
 * @param failed the number of identities that were not created
 * @param unknown the number of identities whose outcome is not known
 * @param notSent the number of rows that were not sent, because the server failed for too
 * long or the client was closed
 */
public record ImportStatistics(long created, long failed, long unknown, long notSent) {

}

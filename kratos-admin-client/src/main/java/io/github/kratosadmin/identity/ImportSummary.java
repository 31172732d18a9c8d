package io.github.kratosadmin.identity;

/**
 * What became of all rows of an import, by their {@link ImportResult.Outcome}.
 *
 * @param created how many identities were created
 * @param failed how many were not
 * @param unknown of how many it is not known
 * @param notSent how many were not sent, as the server failed for too long, or the client
 * was closed
 */
public record ImportSummary(long created, long failed, long unknown, long notSent) {

}

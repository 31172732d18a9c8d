package io.github.kratosadmin.identity;

/**
 * The number of rows of an import by {@link ImportResult.Outcome}.
 *
 * @param created the number of identities that were created
 * @param failed the number of identities that were not created
 * @param unknown the number of identities whose outcome is not known
 * @param notSent the number of rows that were not sent, because the server failed for too
 * long or the client was closed
 */
public record ImportSummary(long created, long failed, long unknown, long notSent) {

}

package io.github.kratosadmin.identity;

/**
 * The progress of an import.
 *
 * @param created the number of identities that were created
 * @param failed the number of identities that were not created
 * @param unknown the number of identities whose outcome is not known
 */
public record ImportProgress(long created, long failed, long unknown) {

}

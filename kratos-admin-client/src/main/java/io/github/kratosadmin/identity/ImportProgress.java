package io.github.kratosadmin.identity;

/**
 * How far an import is.
 *
 * @param created how many identities were created
 * @param failed how many were not
 * @param unknown of how many it is not known
 */
public record ImportProgress(long created, long failed, long unknown) {

}

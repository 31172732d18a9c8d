package io.github.kratosadmin.test.embedded;

/**
 * A request that {@link EmbeddedKratos} received. Bodies and headers are not kept.
 *
 * @param method the HTTP method, such as {@code GET}
 * @param path the path and, if there was one, the query as sent, such as
 * {@code /identities?page=2}
 */
public record ReceivedRequest(String method, String path) {

}

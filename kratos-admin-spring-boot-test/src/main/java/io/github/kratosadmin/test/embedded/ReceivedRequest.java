package io.github.kratosadmin.test.embedded;

/**
 * A request received by {@link EmbeddedKratos}. Bodies and headers are not kept.
 *
 * @param method the HTTP method, such as {@code GET}
 * @param path the path as sent, with the query if there is one, such as
 * {@code /identities?page=2}
 */
public record ReceivedRequest(String method, String path) {

}

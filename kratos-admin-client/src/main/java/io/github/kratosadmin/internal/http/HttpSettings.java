package io.github.kratosadmin.internal.http;

import java.time.Duration;
import java.util.function.Supplier;

import io.github.kratosadmin.connection.TlsSettings;
import io.github.kratosadmin.internal.operation.ActiveCalls;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * The settings of the HTTP client.
 *
 * @param connectTimeout the maximum time to connect
 * @param readTimeout the maximum time from sending a request to the end of its response
 * @param maxConnections the maximum number of connections
 * @param connectionTimeToLive the maximum lifetime of a connection
 * @param acquireTimeout the maximum time to wait for a free connection
 * @param maxResponseSize the maximum size of the body of a response
 * @param tls supplies the TLS settings of each new connection, or {@code null} for the
 * JDK's defaults
 * @param proxy the proxy, or {@code null} for none
 * @param userAgent the {@code User-Agent}, or {@code null} for the default one
 * @param calls the active calls
 */
public record HttpSettings(Duration connectTimeout, Duration readTimeout, int maxConnections,
		Duration connectionTimeToLive, Duration acquireTimeout, DataSize maxResponseSize,
		@Nullable Supplier<TlsSettings> tls, @Nullable ProxyServer proxy, @Nullable String userAgent,
		ActiveCalls calls) {

}

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
 * @param connectTimeout how long to wait for a connection to be made
 * @param readTimeout how long to wait for a response
 * @param maxConnections how many connections there are at most
 * @param connectionTimeToLive how long a connection is used at most
 * @param acquireTimeout how long to wait for a connection to be free
 * @param maxResponseSize the maximum size of the body of a response
 * @param tls asked for each connection, or {@code null} for the JDK's defaults
 * @param proxy the proxy, or {@code null} for none
 * @param calls the calls that the requests are made for
 */
public record HttpSettings(Duration connectTimeout, Duration readTimeout, int maxConnections,
		Duration connectionTimeToLive, Duration acquireTimeout, DataSize maxResponseSize,
		@Nullable Supplier<TlsSettings> tls, @Nullable ProxyServer proxy, ActiveCalls calls) {

}

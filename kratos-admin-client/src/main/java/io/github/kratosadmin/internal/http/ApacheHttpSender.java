package io.github.kratosadmin.internal.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import feign.Request;
import feign.Response;
import io.github.kratosadmin.connection.TlsSettings;
import io.github.kratosadmin.internal.http.DeadlineSocket.StaleConnectionException;
import io.github.kratosadmin.internal.httpclient.client5.http.DnsResolver;
import io.github.kratosadmin.internal.httpclient.client5.http.HttpRoute;
import io.github.kratosadmin.internal.httpclient.client5.http.SchemePortResolver;
import io.github.kratosadmin.internal.httpclient.client5.http.auth.AuthScope;
import io.github.kratosadmin.internal.httpclient.client5.http.auth.UsernamePasswordCredentials;
import io.github.kratosadmin.internal.httpclient.client5.http.classic.ExecChain;
import io.github.kratosadmin.internal.httpclient.client5.http.classic.methods.HttpUriRequestBase;
import io.github.kratosadmin.internal.httpclient.client5.http.config.ConnectionConfig;
import io.github.kratosadmin.internal.httpclient.client5.http.config.RequestConfig;
import io.github.kratosadmin.internal.httpclient.client5.http.impl.ChainElement;
import io.github.kratosadmin.internal.httpclient.client5.http.impl.auth.BasicCredentialsProvider;
import io.github.kratosadmin.internal.httpclient.client5.http.impl.classic.CloseableHttpClient;
import io.github.kratosadmin.internal.httpclient.client5.http.impl.classic.HttpClientBuilder;
import io.github.kratosadmin.internal.httpclient.client5.http.impl.classic.RequestFailedException;
import io.github.kratosadmin.internal.httpclient.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import io.github.kratosadmin.internal.httpclient.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import io.github.kratosadmin.internal.httpclient.client5.http.impl.io.PoolingHttpClientConnectionManager;
import io.github.kratosadmin.internal.httpclient.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import io.github.kratosadmin.internal.httpclient.client5.http.io.ConnectionEndpoint;
import io.github.kratosadmin.internal.httpclient.client5.http.io.HttpClientConnectionManager;
import io.github.kratosadmin.internal.httpclient.client5.http.io.HttpClientConnectionOperator;
import io.github.kratosadmin.internal.httpclient.client5.http.io.LeaseRequest;
import io.github.kratosadmin.internal.httpclient.client5.http.protocol.HttpClientContext;
import io.github.kratosadmin.internal.httpclient.client5.http.ssl.DefaultClientTlsStrategy;
import io.github.kratosadmin.internal.httpclient.client5.http.ssl.DefaultHostnameVerifier;
import io.github.kratosadmin.internal.httpclient.client5.http.ssl.HostnameVerificationPolicy;
import io.github.kratosadmin.internal.httpclient.client5.http.ssl.TlsSocketStrategy;
import io.github.kratosadmin.internal.httpclient.core5.concurrent.Cancellable;
import io.github.kratosadmin.internal.httpclient.core5.http.ClassicHttpRequest;
import io.github.kratosadmin.internal.httpclient.core5.http.ClassicHttpResponse;
import io.github.kratosadmin.internal.httpclient.core5.http.ConnectionRequestTimeoutException;
import io.github.kratosadmin.internal.httpclient.core5.http.Header;
import io.github.kratosadmin.internal.httpclient.core5.http.HeaderElements;
import io.github.kratosadmin.internal.httpclient.core5.http.HttpEntity;
import io.github.kratosadmin.internal.httpclient.core5.http.HttpException;
import io.github.kratosadmin.internal.httpclient.core5.http.HttpHost;
import io.github.kratosadmin.internal.httpclient.core5.http.HttpStatus;
import io.github.kratosadmin.internal.httpclient.core5.http.URIScheme;
import io.github.kratosadmin.internal.httpclient.core5.http.config.Http1Config;
import io.github.kratosadmin.internal.httpclient.core5.http.config.RegistryBuilder;
import io.github.kratosadmin.internal.httpclient.core5.http.impl.io.HttpRequestExecutor;
import io.github.kratosadmin.internal.httpclient.core5.http.io.HttpClientConnection;
import io.github.kratosadmin.internal.httpclient.core5.http.io.HttpResponseInformationCallback;
import io.github.kratosadmin.internal.httpclient.core5.http.io.entity.ByteArrayEntity;
import io.github.kratosadmin.internal.httpclient.core5.http.protocol.HttpContext;
import io.github.kratosadmin.internal.httpclient.core5.io.CloseMode;
import io.github.kratosadmin.internal.httpclient.core5.pool.PoolStats;
import io.github.kratosadmin.internal.httpclient.core5.reactor.ssl.SSLBufferMode;
import io.github.kratosadmin.internal.httpclient.core5.util.DeadlineTimeoutException;
import io.github.kratosadmin.internal.httpclient.core5.util.TimeValue;
import io.github.kratosadmin.internal.httpclient.core5.util.Timeout;
import io.github.kratosadmin.internal.operation.ActiveCalls;
import io.github.kratosadmin.internal.operation.Call;
import io.github.kratosadmin.statistics.ConnectionStatistics;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.util.unit.DataSize;

/**
 * Sends requests with Apache HttpClient 5. Its classes are relocated. Otherwise Spring
 * Boot would find them and use them for the application's own HTTP clients.
 */
public final class ApacheHttpSender implements HttpSender {

	/**
	 * A connection that was idle for longer is checked before it is leased. In addition,
	 * every connection is checked before a request is written.
	 */
	private static final TimeValue TRUSTED_IDLE_TIME = TimeValue.ofMilliseconds(50);

	/** The attribute of a request's context with the task that closes its connection. */
	private static final String DISCONNECT = ApacheHttpSender.class.getName() + ".disconnect";

	/** The only headers of a response that are read. */
	private static final List<String> RESPONSE_HEADERS = Stream
		.concat(Stream.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.CONTENT_LENGTH, HttpHeaders.LINK, HttpHeaders.LOCATION,
				HttpTransport.TOTAL_COUNT, HttpTransport.REQUEST_ID), RetryAfter.HEADERS.stream())
		.toList();

	private final ActiveCalls calls;

	private final Duration readTimeout;

	private final Duration acquireTimeout;

	private final int maxConnections;

	private final DataSize maxResponseSize;

	private final PoolingHttpClientConnectionManager connections;

	private final CloseableHttpClient client;

	public ApacheHttpSender(HttpSettings settings) {
		this.calls = settings.calls();
		this.readTimeout = settings.readTimeout();
		this.acquireTimeout = settings.acquireTimeout();
		this.maxConnections = settings.maxConnections();
		this.maxResponseSize = settings.maxResponseSize();
		this.connections = connections(settings);
		this.client = client(settings);
	}

	private static PoolingHttpClientConnectionManager connections(HttpSettings settings) {
		ConnectionConfig connections = ConnectionConfig.custom()
			.setConnectTimeout(Timeout.of(settings.connectTimeout()))
			.setSocketTimeout(Timeout.of(settings.readTimeout()))
			.setTimeToLive(TimeValue.of(settings.connectionTimeToLive()))
			.setValidateAfterInactivity(TRUSTED_IDLE_TIME)
			.build();
		// Limits the headers to 1.6 MB. By default, their length is unlimited.
		Http1Config heads = Http1Config.custom().setMaxLineLength(16 * 1024).setMaxHeaderCount(100).build();
		return connectionManager(settings.calls())
			.setConnectionFactory(ManagedHttpClientConnectionFactory.builder().http1Config(heads).build())
			.setDefaultConnectionConfig(connections)
			.setTlsSocketStrategy(tls(settings.tls()))
			.setMaxConnTotal(settings.maxConnections())
			.setMaxConnPerRoute(settings.maxConnections())
			.build();
	}

	private CloseableHttpClient client(HttpSettings settings) {
		RequestConfig requests = RequestConfig.custom()
			.setConnectionRequestTimeout(Timeout.of(this.acquireTimeout))
			.setResponseTimeout(Timeout.of(this.readTimeout))
			// Otherwise plain HTTP requests ask for an upgrade to TLS, and proxies refuse
			// them.
			.setProtocolUpgradeEnabled(false)
			.build();
		HttpClientBuilder client = HttpClientBuilder.create()
			.setConnectionManager(new UnclosableConnections(this.connections))
			.setDefaultRequestConfig(requests)
			.setUserAgent((settings.userAgent() != null) ? settings.userAgent() : UserAgent.withVersion())
			.setRequestExecutor(new Exchanges(this.calls))
			.disableAutomaticRetries()
			.disableRedirectHandling()
			.disableCookieManagement()
			.disableAuthCaching()
			// Otherwise connections with a client certificate are not reused.
			.disableConnectionState()
			.disableContentCompression()
			.addExecInterceptorFirst("call", this::makeAbortable)
			.addExecInterceptorBefore(ChainElement.CONNECT.name(), "new", ApacheHttpSender::onNewConnection)
			// After the wait for a connection, which has its own timeouts.
			.addExecInterceptorAfter(ChainElement.CONNECT.name(), "bounded", this::limitTime);
		if (settings.proxy() != null) {
			configureProxy(settings.proxy(), client);
		}
		return client.build();
	}

	@Override
	public Response send(URI url, Map<String, Collection<String>> headers, Request request) throws IOException {
		for (int stale = 0;; stale++) {
			HttpUriRequestBase httpRequest = new HttpUriRequestBase(request.httpMethod().name(), url);
			headers.forEach((name, values) -> values.forEach((value) -> httpRequest.addHeader(name, value)));
			if (request.body() != null) {
				httpRequest.setEntity(new ByteArrayEntity(request.body(), null));
			}
			HttpClientContext context = HttpClientContext.create();
			try {
				ClassicHttpResponse httpResponse = this.client.executeOpen(null, httpRequest, context);
				return response(httpResponse, context.getAttribute(DISCONNECT, Runnable.class), request);
			}
			catch (IOException ex) {
				if (!isStale(ex)) {
					throw ex;
				}
				// Nothing was written, so the request can be sent on another connection.
				this.calls.markNotProcessed();
				// Each pooled connection may be stale, but after as many attempts the
				// server closes new connections too.
				if (stale >= this.maxConnections) {
					throw ex;
				}
			}
		}
	}

	private Response response(ClassicHttpResponse httpResponse, Runnable disconnect, Request request)
			throws IOException {
		try {
			Map<String, Collection<String>> headers = new HashMap<>();
			for (String name : RESPONSE_HEADERS) {
				Header[] values = httpResponse.getHeaders(name);
				if (values.length > 0) {
					headers.put(name, Stream.of(values).map(Header::getValue).toList());
				}
			}
			HttpEntity entity = httpResponse.getEntity();
			ResponseBody body = (entity != null)
					? new ResponseBody(entity.getContent(), entity.getContentLength(), this.maxResponseSize, disconnect)
					: ResponseBody.ofText("");
			return Response.builder()
				.status(httpResponse.getCode())
				.headers(headers)
				.body(body, null)
				.request(request)
				.build();
		}
		catch (IOException | RuntimeException | Error ex) {
			// Otherwise the connection would never return to the pool.
			disconnect.run();
			throw ex;
		}
	}

	private static boolean isStale(IOException ex) {
		return ex instanceof StaleConnectionException || ex.getCause() instanceof StaleConnectionException;
	}

	@Override
	public ConnectionStatistics connections() {
		PoolStats pool = this.connections.getTotalStats();
		return new ConnectionStatistics(pool.getLeased(), pool.getPending(), pool.getAvailable(), pool.getMax());
	}

	@Override
	public void close() {
		// Immediately, to abort the calls in progress.
		this.connections.close(CloseMode.IMMEDIATE);
		this.client.close(CloseMode.IMMEDIATE);
	}

	private static PoolingHttpClientConnectionManagerBuilder connectionManager(ActiveCalls calls) {
		return new PoolingHttpClientConnectionManagerBuilder() {

			@Override
			protected HttpClientConnectionOperator createConnectionOperator(SchemePortResolver ports, DnsResolver names,
					TlsSocketStrategy tls) {
				return new DefaultHttpClientConnectionOperator((proxy) -> socket(calls), ports, names,
						RegistryBuilder.<TlsSocketStrategy>create().register(URIScheme.HTTPS.id, tls).build());
			}

		};
	}

	private static DeadlineSocket socket(ActiveCalls calls) {
		try {
			return new DeadlineSocket(calls);
		}
		catch (IOException ex) {
			// For example, too many open files.
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * HttpClient's default TLS, created lazily: reading the JDK's certificates would take
	 * a large part of the time to create a client that does not use TLS.
	 */
	private static TlsSocketStrategy defaultTls() {
		SingletonSupplier<TlsSocketStrategy> tls = SingletonSupplier.of(DefaultClientTlsStrategy::createDefault);
		return secure((socket, target, port, attachment, context) -> tls.obtain()
			.upgrade(socket, target, port, attachment, context));
	}

	/**
	 * Verifies the host name in addition to the JDK, which does not verify it if the TLS
	 * context trusts every certificate.
	 */
	private static TlsSocketStrategy tls(@Nullable Supplier<TlsSettings> tls) {
		if (tls == null) {
			return defaultTls();
		}
		return secure((socket, target, port, attachment, context) -> {
			TlsSettings now = tls.get();
			return new DefaultClientTlsStrategy(now.context(), array(now.protocols()), array(now.ciphers()),
					SSLBufferMode.STATIC, HostnameVerificationPolicy.BOTH, new DefaultHostnameVerifier())
				.upgrade(socket, target, port, attachment, context);
		});
	}

	private static TlsSocketStrategy secure(TlsSocketStrategy tls) {
		return (socket, target, port, attachment, context) -> {
			((DeadlineSocket) socket).secure();
			return tls.upgrade(socket, target, port, attachment, context);
		};
	}

	private static String @Nullable [] array(@Nullable List<String> values) {
		return (values != null) ? values.toArray(String[]::new) : null;
	}

	private static void configureProxy(ProxyServer proxy, HttpClientBuilder client) {
		HttpHost host = new HttpHost(proxy.host(), proxy.port());
		client.setProxy(host);
		ProxyServer.Credentials credentials = proxy.credentials();
		if (credentials == null) {
			return;
		}
		// For tunnels. The proxy requests the credentials when the tunnel is set up,
		// before the request is sent.
		BasicCredentialsProvider provider = new BasicCredentialsProvider();
		provider.setCredentials(new AuthScope(host),
				new UsernamePasswordCredentials(credentials.username(), credentials.password().toCharArray()));
		client.setDefaultCredentialsProvider(provider);
		client.addExecInterceptorFirst("proxy", (request, scope, chain) -> {
			if (!scope.route.isTunnelled()) {
				request.setHeader(HttpHeaders.PROXY_AUTHORIZATION, credentials.header());
			}
			return chain.proceed(request, scope);
		});
	}

	private ClassicHttpResponse makeAbortable(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
			throws IOException, HttpException {
		Call call = this.calls.current();
		if (call != null && scope.originalRequest instanceof Cancellable cancellable) {
			call.abortWith(cancellable::cancel);
		}
		try {
			return chain.proceed(request, scope);
		}
		catch (IOException ex) {
			throw isPoolExhausted(ex) ? new PoolExhaustedException(this.maxConnections, this.acquireTimeout, ex) : ex;
		}
		catch (Error ex) {
			// HttpClient releases the connection after exceptions, but not after errors.
			scope.execRuntime.discardEndpoint();
			throw ex;
		}
	}

	/**
	 * Whether an exception means that no connection was free in time. Either the waiting
	 * thread detected that, or the thread that released a connection too late.
	 */
	static boolean isPoolExhausted(IOException ex) {
		return ex instanceof ConnectionRequestTimeoutException
				|| (ex instanceof RequestFailedException && ex.getCause() instanceof DeadlineTimeoutException);
	}

	/**
	 * Gives a request with a {@code Connection} header a new connection: without earlier
	 * requests on it, the response belongs to this one.
	 */
	private static ClassicHttpResponse onNewConnection(ClassicHttpRequest request, ExecChain.Scope scope,
			ExecChain chain) throws IOException, HttpException {
		if (scope.originalRequest.containsHeader(HttpHeaders.CONNECTION)) {
			HttpClientContext context = scope.clientContext;
			scope.execRuntime.acquireEndpoint(scope.exchangeId, scope.route, context.getUserToken(), context);
			// A reused connection is closed, and then connected again.
			scope.execRuntime.disconnectEndpoint();
		}
		return chain.proceed(request, scope);
	}

	private ClassicHttpResponse limitTime(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
			throws IOException, HttpException {
		Call call = this.calls.current();
		if (call != null) {
			// Connected, including TLS and the proxy: the request is written next.
			call.beforeSend(this.readTimeout);
		}
		Runnable disconnect = scope.execRuntime::discardEndpoint;
		scope.clientContext.setAttribute(DISCONNECT, disconnect);
		return chain.proceed(request, scope);
	}

	/**
	 * The connection manager for HttpClient, which cannot close it. Otherwise HttpClient
	 * would shut it down after an error in a request, such as a temporary lack of memory.
	 */
	private record UnclosableConnections(
			HttpClientConnectionManager connections) implements HttpClientConnectionManager {

		@Override
		public LeaseRequest lease(String id, HttpRoute route, Timeout timeout, @Nullable Object state) {
			return this.connections.lease(id, route, timeout, state);
		}

		@Override
		public void release(ConnectionEndpoint endpoint, @Nullable Object state, @Nullable TimeValue validity) {
			this.connections.release(endpoint, state, validity);
		}

		@Override
		public void connect(ConnectionEndpoint endpoint, @Nullable TimeValue timeout, HttpContext context)
				throws IOException {
			this.connections.connect(endpoint, timeout, context);
		}

		@Override
		public void upgrade(ConnectionEndpoint endpoint, HttpContext context) throws IOException {
			this.connections.upgrade(endpoint, context);
		}

		@Override
		public void close() {
		}

		@Override
		public void close(CloseMode mode) {
		}

	}

	/**
	 * Does not write a request to a connection that already has something to read, for
	 * example because a server or proxy responded twice to the previous request: it would
	 * be mistaken for the response to this request. This class checks the bytes that
	 * HttpClient has already buffered, and {@link DeadlineSocket} those it has not.
	 * <p>
	 * If the request could not be written completely, only an error response is accepted:
	 * a server or proxy may refuse a request without reading it.
	 */
	private static final class Exchanges extends HttpRequestExecutor {

		private final ActiveCalls calls;

		Exchanges(ActiveCalls calls) {
			this.calls = calls;
		}

		@Override
		public ClassicHttpResponse execute(ClassicHttpRequest request, HttpClientConnection connection,
				@Nullable HttpResponseInformationCallback information, HttpContext context)
				throws IOException, HttpException {
			// Without TLS, the socket checks whether it is closed.
			boolean stale = connection.getSSLSession() != null && connection.isStale();
			if (stale || connection.isDataAvailable(Timeout.ofMilliseconds(DeadlineSocket.PROBE_MILLIS))) {
				throw new DeadlineSocket.StaleConnectionException(null);
			}
			ClassicHttpResponse response = super.execute(request, connection, information, context);
			Call call = this.calls.current();
			if (call != null && call.isWritingStopped()) {
				if (response.getCode() < HttpStatus.SC_CLIENT_ERROR) {
					throw new IOException("The server did not read the whole request, but responded with status "
							+ response.getCode());
				}
				// This connection cannot be used for another request.
				response.setHeader(HttpHeaders.CONNECTION, HeaderElements.CLOSE);
			}
			else if (request.getEntity() != null && mayNotHaveReadBody(response.getCode())) {
				// The server may close the connection, which would be the end of another
				// request.
				response.setHeader(HttpHeaders.CONNECTION, HeaderElements.CLOSE);
			}
			return response;
		}

		/**
		 * Returns whether a server or gateway may have refused a request before it read
		 * the body, although all of it was written. Kratos itself refuses most requests
		 * with 400 and 409, after it has read them.
		 */
		private static boolean mayNotHaveReadBody(int status) {
			return status >= HttpStatus.SC_CLIENT_ERROR && status != HttpStatus.SC_BAD_REQUEST
					&& status != HttpStatus.SC_CONFLICT;
		}

	}

}

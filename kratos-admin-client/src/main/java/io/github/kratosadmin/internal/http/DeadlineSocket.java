package io.github.kratosadmin.internal.http;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;

import io.github.kratosadmin.internal.operation.ActiveCalls;
import io.github.kratosadmin.internal.operation.Call;
import org.jspecify.annotations.Nullable;

/**
 * A socket that connects and reads no longer than the deadline of the call. It belongs to
 * a channel, so interrupting the thread ends a read immediately.
 */
class DeadlineSocket extends Socket {

	/** The timeout of HttpClient when it only checks whether a socket is closed. */
	static final int PROBE_MILLIS = 1;

	/**
	 * The maximum number of bytes to write at once. The JDK copies them to memory outside
	 * the heap, and keeps that memory for each thread.
	 */
	private static final int MAX_PIECE = 64 * 1024;

	private final SocketChannel channel;

	private final Socket socket;

	private final ActiveCalls calls;

	private volatile int timeout;

	private volatile boolean secure;

	/** Bytes received before the request was written, for the next reads. */
	private byte[] ahead = new byte[0];

	/**
	 * Creates a socket that is not connected.
	 * @param calls the active calls
	 */
	DeadlineSocket(ActiveCalls calls) throws IOException {
		super((SocketImpl) null);
		this.channel = SocketChannel.open();
		this.socket = this.channel.socket();
		this.calls = calls;
	}

	@Override
	public void connect(SocketAddress endpoint) throws IOException {
		connect(endpoint, 0);
	}

	@Override
	public void connect(SocketAddress endpoint, int timeout) throws IOException {
		this.socket.connect(endpoint, limit(timeout));
	}

	@Override
	public InputStream getInputStream() throws IOException {
		return new Input(this.socket.getInputStream());
	}

	@Override
	public OutputStream getOutputStream() throws IOException {
		return new Output(this.socket.getOutputStream());
	}

	@Override
	public void setSoTimeout(int timeout) {
		this.timeout = timeout;
	}

	@Override
	public int getSoTimeout() {
		return this.timeout;
	}

	/**
	 * Marks the connection as encrypted. From now on, received bytes may belong to TLS,
	 * and only HttpClient can interpret them.
	 */
	void secure() {
		this.secure = true;
	}

	/**
	 * Limits a timeout to the time left for the call.
	 * @param timeout the timeout in milliseconds, 0 for none
	 * @return the limited timeout in milliseconds
	 */
	private int limit(int timeout) throws SocketTimeoutException {
		Call call = this.calls.current();
		if (call == null) {
			return timeout;
		}
		Duration left = call.timeToRead();
		if (left.isZero()) {
			throw new SocketTimeoutException("Read timed out");
		}
		// Rounded up to whole milliseconds.
		long millis = left.plusNanos(999_999).toMillis();
		return (timeout == 0 || millis < timeout) ? (int) Math.min(millis, Integer.MAX_VALUE) : timeout;
	}

	/**
	 * Reads the bytes received so far, without waiting.
	 * @return the number of bytes, or -1 if the other side has closed the connection
	 */
	private int readAvailable(byte[] bytes, int offset, int length) throws IOException {
		this.channel.configureBlocking(false);
		try {
			return this.channel.read(ByteBuffer.wrap(bytes, offset, length));
		}
		finally {
			this.channel.configureBlocking(true);
		}
	}

	/**
	 * Checks, right before a request is written, that the server has neither closed the
	 * connection nor sent anything: such bytes would be mistaken for the response.
	 */
	private void checkUnused() throws StaleConnectionException {
		if (this.ahead.length > 0) {
			return;
		}
		byte[] bytes = new byte[1];
		int count;
		try {
			count = readAvailable(bytes, 0, bytes.length);
		}
		catch (ClosedByInterruptException ex) {
			return;
		}
		catch (IOException ex) {
			throw new StaleConnectionException(ex);
		}
		if (count == -1 || (count > 0 && !this.secure)) {
			throw new StaleConnectionException(null);
		}
		this.ahead = Arrays.copyOf(bytes, count);
	}

	/**
	 * Whether the server has sent a response although it does not accept the rest of the
	 * request.
	 */
	private boolean hasResponse() {
		byte[] bytes = Arrays.copyOf(this.ahead, this.ahead.length + 1);
		try {
			if (readAvailable(bytes, this.ahead.length, 1) <= 0) {
				return false;
			}
		}
		catch (IOException ex) {
			// For example, the call is over or its thread is interrupted.
			return false;
		}
		this.ahead = bytes;
		return true;
	}

	/**
	 * The connection was closed before anything of the request was written.
	 */
	static final class StaleConnectionException extends IOException {

		StaleConnectionException(@Nullable IOException cause) {
			super("The server has closed the connection, or sent a response before the request", cause);
		}

	}

	/**
	 * A connection about to be used has nothing to read, as expected. This is thrown for
	 * each request, so it has no stack trace: filling it in would take as long as
	 * everything else.
	 */
	private static final class NothingToReadException extends SocketTimeoutException {

		NothingToReadException() {
			super("Nothing to read");
		}

		@Override
		public synchronized Throwable fillInStackTrace() {
			return this;
		}

	}

	private final class Input extends FilterInputStream {

		Input(InputStream in) {
			super(in);
		}

		@Override
		public int read() throws IOException {
			byte[] single = new byte[1];
			return (read(single, 0, 1) != -1) ? single[0] & 0xff : -1;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			byte[] ahead = DeadlineSocket.this.ahead;
			if (ahead.length > 0 && length > 0) {
				int count = Math.min(length, ahead.length);
				System.arraycopy(ahead, 0, bytes, offset, count);
				DeadlineSocket.this.ahead = Arrays.copyOfRange(ahead, count, ahead.length);
				return count;
			}
			if (DeadlineSocket.this.timeout == PROBE_MILLIS && length > 0) {
				// Without TLS, the check right before the request is written is enough.
				int count = DeadlineSocket.this.secure ? readAvailable(bytes, offset, length) : 0;
				if (count == 0) {
					throw new NothingToReadException();
				}
				return count;
			}
			DeadlineSocket.this.socket.setSoTimeout(limit(DeadlineSocket.this.timeout));
			return this.in.read(bytes, offset, length);
		}

	}

	private final class Output extends FilterOutputStream {

		Output(OutputStream out) {
			super(out);
		}

		@Override
		public void write(int single) throws IOException {
			write(new byte[] { (byte) single }, 0, 1);
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			Call call = DeadlineSocket.this.calls.current();
			if (call != null && call.startWriting()) {
				checkUnused();
			}
			int end = offset + length;
			for (int start = offset; start < end && (call == null || !call.isWritingStopped()); start += MAX_PIECE) {
				try {
					this.out.write(bytes, start, Math.min(end - start, MAX_PIECE));
				}
				catch (IOException ex) {
					// A server may refuse a request without reading it. Then there is a
					// response to read, although the rest of the request cannot be
					// written.
					if (call == null || !hasResponse() || !call.stopWriting()) {
						throw ex;
					}
				}
			}
		}

	}

	// Everything else is delegated to the socket of the channel.

	@Override
	public void bind(@Nullable SocketAddress address) throws IOException {
		this.socket.bind(address);
	}

	@Override
	public InetAddress getInetAddress() {
		return this.socket.getInetAddress();
	}

	@Override
	public InetAddress getLocalAddress() {
		return this.socket.getLocalAddress();
	}

	@Override
	public int getPort() {
		return this.socket.getPort();
	}

	@Override
	public int getLocalPort() {
		return this.socket.getLocalPort();
	}

	@Override
	public SocketAddress getRemoteSocketAddress() {
		return this.socket.getRemoteSocketAddress();
	}

	@Override
	public SocketAddress getLocalSocketAddress() {
		return this.socket.getLocalSocketAddress();
	}

	@Override
	public void setTcpNoDelay(boolean on) throws SocketException {
		this.socket.setTcpNoDelay(on);
	}

	@Override
	public boolean getTcpNoDelay() throws SocketException {
		return this.socket.getTcpNoDelay();
	}

	@Override
	public void setSoLinger(boolean on, int linger) throws SocketException {
		this.socket.setSoLinger(on, linger);
	}

	@Override
	public int getSoLinger() throws SocketException {
		return this.socket.getSoLinger();
	}

	@Override
	public void setSendBufferSize(int size) throws SocketException {
		this.socket.setSendBufferSize(size);
	}

	@Override
	public int getSendBufferSize() throws SocketException {
		return this.socket.getSendBufferSize();
	}

	@Override
	public void setReceiveBufferSize(int size) throws SocketException {
		this.socket.setReceiveBufferSize(size);
	}

	@Override
	public int getReceiveBufferSize() throws SocketException {
		return this.socket.getReceiveBufferSize();
	}

	@Override
	public void setKeepAlive(boolean on) throws SocketException {
		this.socket.setKeepAlive(on);
	}

	@Override
	public boolean getKeepAlive() throws SocketException {
		return this.socket.getKeepAlive();
	}

	@Override
	public void setTrafficClass(int trafficClass) throws SocketException {
		this.socket.setTrafficClass(trafficClass);
	}

	@Override
	public int getTrafficClass() throws SocketException {
		return this.socket.getTrafficClass();
	}

	@Override
	public void setReuseAddress(boolean on) throws SocketException {
		this.socket.setReuseAddress(on);
	}

	@Override
	public boolean getReuseAddress() throws SocketException {
		return this.socket.getReuseAddress();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	@Override
	public void shutdownInput() throws IOException {
		this.socket.shutdownInput();
	}

	@Override
	public void shutdownOutput() throws IOException {
		this.socket.shutdownOutput();
	}

	@Override
	public boolean isConnected() {
		return this.socket.isConnected();
	}

	@Override
	public boolean isBound() {
		return this.socket.isBound();
	}

	@Override
	public boolean isClosed() {
		return this.socket.isClosed();
	}

	@Override
	public boolean isInputShutdown() {
		return this.socket.isInputShutdown();
	}

	@Override
	public boolean isOutputShutdown() {
		return this.socket.isOutputShutdown();
	}

	@Override
	public String toString() {
		return this.socket.toString();
	}

	@Override
	public <T> Socket setOption(SocketOption<T> name, T value) throws IOException {
		return this.socket.setOption(name, value);
	}

	@Override
	public <T> T getOption(SocketOption<T> name) throws IOException {
		return this.socket.getOption(name);
	}

	@Override
	public Set<SocketOption<?>> supportedOptions() {
		return this.socket.supportedOptions();
	}

}

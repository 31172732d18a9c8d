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
 * A socket whose reads and connects end with the deadline of the call. It belongs to a
 * channel, so interrupting the thread ends a read at once.
 */
public class DeadlineSocket extends Socket {

	/** HttpClient waits so long when it only wants to know whether a socket is closed. */
	static final int PROBE_MILLIS = 1;

	/**
	 * How much is written at once. The JDK copies that to memory outside the heap, which
	 * it keeps for each thread.
	 */
	private static final int MAX_PIECE = 64 * 1024;

	private final SocketChannel channel;

	private final Socket socket;

	private final ActiveCalls calls;

	private volatile int timeout;

	private volatile boolean secure;

	/** What a look ahead has found, for the next reads. */
	private byte[] ahead = new byte[0];

	/**
	 * Creates a socket that is not connected.
	 * @param calls the calls that it is used for
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
	 * Tells that what is read and written is encrypted from now on. Then what has come
	 * may be a part of TLS, which HttpClient has to look at.
	 */
	void secure() {
		this.secure = true;
	}

	/**
	 * The time to wait, in milliseconds: not more than is left of the call.
	 * @param timeout the time to wait at most, 0 for any
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
		// A part of a millisecond is waited for as a whole one.
		long millis = left.plusNanos(999_999).toMillis();
		return (timeout == 0 || millis < timeout) ? (int) Math.min(millis, Integer.MAX_VALUE) : timeout;
	}

	/**
	 * Reads what has come, without waiting.
	 * @return how much that is, or -1 if the other side has closed the connection
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
	 * Checks that the server has neither closed the connection nor sent anything, right
	 * before a request is written: what is there already would be taken for the response.
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
	 * Whether there is something to read, though the rest of a request cannot be written.
	 */
	private boolean hasResponse() {
		byte[] bytes = Arrays.copyOf(this.ahead, this.ahead.length + 1);
		try {
			if (readAvailable(bytes, this.ahead.length, 1) <= 0) {
				return false;
			}
		}
		catch (IOException ex) {
			// As where the call is over, or its thread interrupted.
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
	 * There is nothing to read on a connection that is about to be used, as there should
	 * be. It is thrown for each request, so it has no stack trace: that would take as
	 * long as all the rest.
	 */
	private static final class NothingToReadException extends SocketTimeoutException {

		NothingToReadException() {
			super("Nothing has come");
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
				// Without TLS a look right before the request is written tells all.
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
					// A server may refuse a request without reading it. Then the response
					// is there, while nothing can be written any more.
					if (call == null || !hasResponse() || !call.stopWriting()) {
						throw ex;
					}
				}
			}
		}

	}

	// All else is the channel's socket's.

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

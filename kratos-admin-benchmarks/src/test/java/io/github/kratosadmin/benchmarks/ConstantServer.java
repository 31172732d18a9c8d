package io.github.kratosadmin.benchmarks;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Server with as little work as possible, for a process of its own. It prints its port,
 * and stops at the end of its standard input.
 */
final class ConstantServer {

	private ConstantServer() {
	}

	public static void main(String[] args) throws Exception {
		ConstantResponses responses = new ConstantResponses();
		ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		System.out.println(server.getLocalPort());
		Thread accepting = new Thread(() -> accept(server, responses));
		accepting.setDaemon(true);
		accepting.start();
		while (System.in.read() != -1) {
			// Waits for the end of the input.
		}
	}

	private static void accept(ServerSocket server, ConstantResponses responses) {
		while (true) {
			try {
				Socket socket = server.accept();
				socket.setTcpNoDelay(true);
				Thread serving = new Thread(() -> serve(socket, responses));
				serving.setDaemon(true);
				serving.start();
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	private static void serve(Socket socket, ConstantResponses responses) {
		try (socket) {
			InputStream in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
			OutputStream out = socket.getOutputStream();
			byte[] line = new byte[8192];
			while (true) {
				String requestLine = line(in, line);
				int length = 0;
				for (String header = line(in, line); !header.isEmpty(); header = line(in, line)) {
					if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
						length = Integer.parseInt(header.substring(15).strip());
					}
					else if (header.toLowerCase(Locale.ROOT).startsWith("transfer-encoding:")) {
						throw new IOException("Only bodies with a Content-Length are supported, but got " + header);
					}
				}
				out.write(responses.to(requestLine, in.readNBytes(length)));
			}
		}
		catch (EOFException ex) {
			// The client closed the connection.
		}
		catch (IOException ex) {
			System.err.println("A connection failed: " + ex);
		}
	}

	private static String line(InputStream in, byte[] line) throws IOException {
		int length = 0;
		for (int next = in.read(); next != '\n'; next = in.read()) {
			if (next == -1) {
				throw new EOFException();
			}
			line[length++] = (byte) next;
		}
		return new String(line, 0, length, StandardCharsets.US_ASCII).strip();
	}

}

package dev.outdial.testbed.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/**
 * An HTTP/1.1 server on a loopback address, raw sockets and one request a connection, for tests. It answers each path as it was told,
 * and 404 for others; it counts connections, requests and bytes.
 *
 * <pre>{@code
 * try (var server = WebServer.open("127.0.0.2").on("/a.wav", WebAnswers.content("audio/wav", bytes))) {
 *     ...
 *     assertThat(server.connectionCount()).isEqualTo(1);
 * }
 * }</pre>
 *
 * <p><b>Threading:</b> any thread; what it answers may be changed while it runs.
 */
public final class WebServer implements AutoCloseable {
    private static final int BACKLOG = 100;
    private static final int LONGEST_HEAD = 65_536;

    /** What TLS begins with (RFC 8446 section 5.1). */
    private static final int TLS_HANDSHAKE = 22;

    private final ServerSocket listener;
    private final Map<String, WebAnswer> answers = new ConcurrentHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final List<WebRequestHead> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private WebServer(ServerSocket listener) {
        this.listener = listener;
    }

    /** A server on any free port of 127.0.0.1. */
    public static WebServer open() {
        return open("127.0.0.1");
    }

    /** A server on any free port of a local address. */
    public static WebServer open(String host) {
        return open(host, 0);
    }

    /** A server on a port of a local address. */
    public static WebServer open(String host, int port) {
        try {
            return serving(new ServerSocket(port, BACKLOG, InetAddress.getByName(host)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen: " + e.getMessage(), e);
        }
    }

    /** A server of HTTPS on any free port of a local address; {@link #uri} says {@code http} all the same. */
    public static WebServer open(String host, SSLContext tls) {
        try {
            return serving(tls.getServerSocketFactory().createServerSocket(0, BACKLOG, InetAddress.getByName(host)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen: " + e.getMessage(), e);
        }
    }

    private static WebServer serving(ServerSocket listener) {
        var server = new WebServer(listener);
        Thread.ofVirtual().name("web-server").start(server::accept);
        return server;
    }

    /** From now on, requests for that path are answered so; a query makes no difference. */
    public WebServer on(String path, WebAnswer answer) {
        answers.put(path, answer);
        return this;
    }

    /** The port that it listens on. */
    public int port() {
        return listener.getLocalPort();
    }

    /** The address of a path, which may have a query. */
    public URI uri(String path) {
        String host = listener.getInetAddress().getHostAddress();
        return URI.create("http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port() + path);
    }

    /** How many connections came in so far. They are taken in the order in which they came. */
    public int connectionCount() {
        return connections.get();
    }

    /** How many bytes were handed to the network so far. */
    public long byteCount() {
        return bytes.get();
    }

    /** The heads of all requests so far. */
    public List<WebRequestHead> requests() {
        return List.copyOf(requests);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                connections.incrementAndGet();
                open.add(connection);
                Thread.ofVirtual().name("web-server-connection").start(() -> serve(connection));
            } catch (IOException e) {
                // Closed, or the connection broke before it was taken.
                continue;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            WebRequestHead head = WebRequestHead.parse(head(connection));
            requests.add(head);
            answers.getOrDefault(head.path(), WebAnswers.status(404)).answer(new WebExchange(connection, head, bytes));
        } catch (IOException e) {
            // The client is gone, which is what a hostile server waits for.
            return;
        } finally {
            open.remove(connection);
        }
    }

    private static String head(Socket connection) throws IOException {
        InputStream in = connection.getInputStream();
        var head = new StringBuilder();
        while (head.length() < LONGEST_HEAD && head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
            int next = in.read();
            if (next < 0) throw new IOException("the request ends early");
            if (next == TLS_HANDSHAKE && head.isEmpty()) {
                connection.getOutputStream().write("HTTP/1.1 400 No TLS\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                throw new IOException("no TLS is spoken here");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** Breaks all connections off. */
    @Override
    public void close() {
        try {
            listener.close();
            for (Socket connection : open) connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

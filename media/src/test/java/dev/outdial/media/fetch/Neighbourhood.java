package dev.outdial.media.fetch;

import dev.outdial.testbed.web.WebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A server that plays a public one, at 127.0.0.2, and one that nobody may reach, at 127.0.0.1 and the same port. The rule is the real
 * one but for that address.
 */
final class Neighbourhood implements AutoCloseable {
    static final String PUBLIC_HOST = "127.0.0.2";

    private static final int TRIES_FOR_A_PAIR = 50;

    final WebServer web;
    final WebServer inside;

    private Neighbourhood(WebServer web, WebServer inside) {
        this.web = web;
        this.inside = inside;
    }

    static Neighbourhood open() {
        for (int i = 1; ; i++) {
            WebServer web = WebServer.open(PUBLIC_HOST);
            try {
                return new Neighbourhood(web, WebServer.open("127.0.0.1", web.port()));
            } catch (UncheckedIOException taken) {
                // A port that is free at one address may be taken at the other.
                web.close();
                if (i == TRIES_FOR_A_PAIR) throw taken;
            }
        }
    }

    static Optional<String> judge(InetAddress address) {
        return address.getHostAddress().equals(PUBLIC_HOST) ? Optional.empty() : AddressRule.PUBLIC.objection(address);
    }

    FetchPolicy policy() {
        return FetchPolicy.DEFAULT
                .withPorts(Set.of(web.port()))
                .withAddresses(Neighbourhood::judge)
                .withMaxBytes(1 << 20)
                .withLimit(Duration.ofSeconds(20));
    }

    /** Names that are all the public server's. */
    static HostNames names() {
        return host -> List.of(InetAddress.getByName(PUBLIC_HOST));
    }

    WebClient client() {
        return new WebClient(policy(), names());
    }

    /** What was asked for, in a word. */
    byte[] get(WebClient client, String path) throws IOException {
        return client.exchange(
                WebRequest.get(web.uri(path)), response -> response.body().readAllBytes());
    }

    /**
     * How many connections came in where none may. Connections are taken in order: when ours, which was made last, has been counted,
     * so have all before it.
     */
    int connectionsInside() throws IOException {
        int before = inside.requests().size();
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), inside.port()));
            socket.getOutputStream().write("GET /counted HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        }
        if (inside.requests().size() <= before) throw new IllegalStateException("our own connection was not taken");
        return inside.connectionCount() - 1;
    }

    @Override
    public void close() {
        web.close();
        inside.close();
    }
}

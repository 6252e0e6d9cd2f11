package dev.outdial.server.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** Waits until a peer listens, by asking it or the kernel rather than by the clock. */
final class Readiness {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int ASK_AGAIN_MILLIS = 100;

    private Readiness() {}

    /** Sends OPTIONS over UDP until any response comes. */
    static void awaitOptions(int port, PeerProcess peer) {
        try (var socket = new DatagramSocket(Ports.address(0))) {
            socket.setSoTimeout(ASK_AGAIN_MILLIS);
            var target = Ports.address(port);
            var question = options(socket.getLocalPort(), port).getBytes(StandardCharsets.US_ASCII);
            for (long deadline = deadline(); System.nanoTime() - deadline < 0; ) {
                if (!peer.isAlive()) throw new AssertionError("the peer has ended\n" + peer.log());
                socket.send(new DatagramPacket(question, question.length, target));
                if (hears(socket)) return;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("nothing answers OPTIONS at port " + port + "\n" + peer.log());
    }

    /** Asks the kernel until a UDP socket is bound to the port: from then on datagrams wait for their reader. */
    static void awaitUdpBound(int port, PeerProcess peer) {
        awaitInTable("/proc/net/udp", String.format(Locale.ROOT, ":%04X ", port), port, peer);
    }

    /** Asks the kernel until somebody listens for connections to the port. */
    static void awaitTcpBound(int port, PeerProcess peer) {
        // The state 0A is LISTEN.
        awaitInTable("/proc/net/tcp", String.format(Locale.ROOT, ":%04X 00000000:0000 0A", port), port, peer);
    }

    private static void awaitInTable(String table, String wanted, int port, PeerProcess peer) {
        try (var pause = new DatagramSocket(Ports.address(0))) {
            pause.setSoTimeout(ASK_AGAIN_MILLIS);
            for (long deadline = deadline(); System.nanoTime() - deadline < 0; ) {
                if (!peer.isAlive()) throw new AssertionError("the peer has ended\n" + peer.log());
                if (Files.readString(Path.of(table)).contains(wanted)) return;
                hears(pause);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("nothing is bound to port " + port + "\n" + peer.log());
    }

    private static boolean hears(DatagramSocket socket) throws IOException {
        try {
            socket.receive(new DatagramPacket(new byte[2_000], 2_000));
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private static long deadline() {
        return System.nanoTime() + PATIENCE.toNanos();
    }

    private static String options(int localPort, int port) {
        return """
                OPTIONS sip:127.0.0.1:%2$d SIP/2.0
                Via: SIP/2.0/UDP 127.0.0.1:%1$d;branch=z9hG4bKready%1$d;rport
                Max-Forwards: 70
                From: <sip:ready@127.0.0.1:%1$d>;tag=ready
                To: <sip:127.0.0.1:%2$d>
                Call-ID: ready-%1$d-%2$d
                CSeq: 1 OPTIONS
                Content-Length: 0

                """.formatted(localPort, port).replace("\n", "\r\n");
    }
}

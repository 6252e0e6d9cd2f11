package dev.outdial.server.interop;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports of 127.0.0.1 that nobody uses now. Below the range from which the system itself hands out ports. */
final class Ports {
    static final String HOST = "127.0.0.1";
    static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private static final int FIRST = 20_000;
    private static final int LAST = 31_000;
    private static final AtomicInteger NEXT =
            new AtomicInteger(FIRST + 20 * (int) (ProcessHandle.current().pid() % 500));

    private Ports() {}

    static InetSocketAddress address(int port) {
        return new InetSocketAddress(LOOPBACK, port);
    }

    /** A port that is free for UDP and for TCP. */
    static int single() {
        return block(1);
    }

    /** The first, even, of {@code count} neighbouring ports that are free for UDP and for TCP. */
    static int block(int count) {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int step = count + count % 2;
            int first = NEXT.getAndUpdate(port -> port + 2 * step > LAST ? FIRST : port + step);
            if (areFree(first, count)) return first;
        }
        throw new IllegalStateException("no " + count + " free ports between " + FIRST + " and " + LAST);
    }

    private static boolean areFree(int first, int count) {
        for (int port = first; port < first + count; port++) {
            try (var udp = new DatagramSocket(address(port));
                    var tcp = new ServerSocket(port, 1, LOOPBACK)) {
                if (udp.getLocalPort() != tcp.getLocalPort()) return false;
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }
}

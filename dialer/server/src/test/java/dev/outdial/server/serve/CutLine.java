package dev.outdial.server.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** A way to a TCP server of this machine that can be cut, and mended. <b>Threading:</b> any. */
final class CutLine implements AutoCloseable {
    private final ServerSocket door;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean cut = new AtomicBoolean();

    private CutLine(int target) throws IOException {
        this.target = target;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    static CutLine to(int port) throws IOException {
        return new CutLine(port);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Who is connected is parted, and who comes is sent away. */
    void cut() {
        cut.set(true);
        sockets.forEach(CutLine::shut);
    }

    void mend() {
        cut.set(false);
    }

    private void accept() {
        try {
            while (true) {
                Socket from = door.accept();
                if (cut.get()) shut(from);
                else Thread.ofVirtual().start(() -> connect(from));
            }
        } catch (IOException closed) {
            sockets.forEach(CutLine::shut);
        }
    }

    private void connect(Socket from) {
        try {
            var to = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(from);
            sockets.add(to);
            if (cut.get()) {
                shut(from);
                shut(to);
            }
            Thread.ofVirtual().start(() -> pass(from, to));
            pass(to, from);
        } catch (IOException unreachable) {
            shut(from);
        }
    }

    private void pass(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            long unused = in.transferTo(out);
        } catch (IOException over) {
            // one of the two went away, or was parted
        } finally {
            shut(from);
            shut(to);
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void shut(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}

package dev.outdial.testbed.web;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** One connection, whose request has come and whose answer is to be written byte by byte. <b>Threading:</b> the answer's thread. */
public final class WebExchange {
    private final Socket connection;
    private final WebRequestHead request;
    private final AtomicLong bytes;

    WebExchange(Socket connection, WebRequestHead request, AtomicLong bytes) {
        this.connection = connection;
        this.request = request;
        this.bytes = bytes;
    }

    /** What was asked for. */
    public WebRequestHead request() {
        return request;
    }

    /** The next bytes of the body that came with the request, -1 at its end. */
    public int read(byte[] target) throws IOException {
        return connection.getInputStream().read(target);
    }

    /** Sends text as it is; a line feed stands for CR LF. */
    public void send(String text) throws IOException {
        send(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends bytes as they are. */
    public void send(byte[] part) throws IOException {
        connection.getOutputStream().write(part);
        bytes.addAndGet(part.length);
    }

    /** Says nothing for so long. */
    public void pause(int millis) throws IOException {
        connection.setSoTimeout(millis);
        try {
            if (connection.getInputStream().read() < 0) throw new IOException("the client is gone");
        } catch (SocketTimeoutException still) {
            // It is still there, and waits.
            return;
        }
    }

    /** Says nothing until the client is gone. */
    public void waitForTheEnd() throws IOException {
        connection.setSoTimeout(0);
        while (connection.getInputStream().read() >= 0) {
            // whatever it says
        }
    }
}

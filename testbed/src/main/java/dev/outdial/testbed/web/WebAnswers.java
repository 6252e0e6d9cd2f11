package dev.outdial.testbed.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Answers that tests want, good and hostile ones. */
public final class WebAnswers {
    private static final int PIECE_BYTES = 8192;

    private WebAnswers() {}

    /** A status and nothing else. */
    public static WebAnswer status(int status) {
        return exchange -> exchange.send("HTTP/1.1 " + status + " Whatever\nContent-Length: 0\nConnection: close\n\n");
    }

    /** A body of a type; each header is a line of its own. */
    public static WebAnswer content(String type, byte[] body, String... headers) {
        return exchange -> {
            exchange.send("HTTP/1.1 200 OK\nContent-Type: " + type + "\nContent-Length: " + body.length + lines(headers)
                    + "\nConnection: close\n\n");
            exchange.send(body);
        };
    }

    /** The same under an entity tag, and 304 for who has it already (RFC 9110 section 13.1.2). */
    public static WebAnswer tagged(String type, byte[] body, String etag, String... headers) {
        String[] all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "ETag: " + etag;
        return exchange -> {
            Optional<String> known = exchange.request().header("If-None-Match");
            if (known.equals(Optional.of(etag)))
                exchange.send("HTTP/1.1 304 Not Modified" + lines(all) + "\nConnection: close\n\n");
            else content(type, body, all).answer(exchange);
        };
    }

    /** On to another place. */
    public static WebAnswer redirect(String location) {
        return redirect(302, location);
    }

    /** On to another place, with a status. */
    public static WebAnswer redirect(int status, String location) {
        return exchange -> exchange.send(
                "HTTP/1.1 " + status + " Moved\nLocation: " + location + "\nContent-Length: 0\nConnection: close\n\n");
    }

    /** This text, as it is, and then the end of the connection; a line feed stands for CR LF. */
    public static WebAnswer raw(String text) {
        return exchange -> exchange.send(text);
    }

    /** This text, and then zeros for as long as somebody takes them. */
    public static WebAnswer endless(String text) {
        return endless(text, new byte[PIECE_BYTES]);
    }

    /** This text, and then the same bytes again and again for as long as somebody takes them. */
    public static WebAnswer endless(String text, byte[] piece) {
        return exchange -> {
            exchange.send(text);
            while (true) exchange.send(piece);
        };
    }

    /** This text, and then a byte each few milliseconds, for as long as somebody waits: no pause is long, and no end is near. */
    public static WebAnswer trickle(String text, int everyMillis) {
        return exchange -> {
            exchange.send(text);
            while (true) {
                exchange.pause(everyMillis);
                exchange.send(new byte[] {'a'});
            }
        };
    }

    /** This text, and then nothing more. */
    public static WebAnswer stalled(String text) {
        return exchange -> {
            exchange.send(text);
            exchange.waitForTheEnd();
        };
    }

    /** So many megabytes of zeros, a thousandth of that long on the wire, chunked. */
    public static WebAnswer gzipBomb(String type, int megabytes) {
        byte[] packed = gzip(megabytes);
        return exchange -> {
            exchange.send("HTTP/1.1 200 OK\nContent-Type: " + type
                    + "\nContent-Encoding: gzip\nTransfer-Encoding: chunked\nConnection: close\n\n");
            exchange.send(Integer.toHexString(packed.length) + "\n");
            exchange.send(packed);
            exchange.send("\n0\n\n");
        };
    }

    private static byte[] gzip(int megabytes) {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < megabytes; i++) gzip.write(zeros);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static String lines(String... headers) {
        return headers.length == 0 ? "" : "\n" + String.join("\n", headers);
    }
}

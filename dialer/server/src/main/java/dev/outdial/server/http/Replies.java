package dev.outdial.server.http;

import dev.outdial.server.http.json.JsonText;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes answers. */
final class Replies {
    private static final int CHUNK_BYTES = 16 * 1024;

    private Replies() {}

    static void write(Problem problem, Context context) {
        if (context.res().isCommitted()) return;
        problem.headers().forEach(context::header);
        context.status(problem.status()).contentType(Problem.CONTENT_TYPE);
        context.result(problem.json(Headers.requestId(context)));
    }

    static void write(Reply reply, Context context) throws IOException {
        switch (reply) {
            case Reply.Json json -> {
                json.headers().forEach(context::header);
                context.status(json.status()).contentType("application/json");
                context.result(JsonText.bytes(json.body()));
            }
            case Reply.Again again -> {
                again.headers().forEach(context::header);
                context.status(201).contentType("application/json");
                context.result(again.text().getBytes(StandardCharsets.UTF_8));
            }
            case Reply.Nothing nothing -> context.status(204);
            case Reply.NothingAgain again -> context.status(204).header("Idempotency-Replayed", "true");
            case Reply.Text text -> {
                context.contentType(text.contentType());
                context.result(text.text().getBytes(StandardCharsets.UTF_8));
            }
            case Reply.Stored stored -> write(stored, context);
            case Reply.Written written -> {}
        }
    }

    private static void write(Reply.Stored stored, Context context) throws IOException {
        var content = stored.content();
        String tag = '"' + content.tag() + '"';
        String ifRange = context.header("If-Range");
        // Only where it still is what the asker has a part of (RFC 9110 13.1.5).
        boolean isGet = context.req().getMethod().equals("GET"); // no other method knows ranges (RFC 9110 14.2)
        String asked = isGet && (ifRange == null || ifRange.equals(tag)) ? context.header("Range") : null;
        context.header("Accept-Ranges", "bytes");
        context.header("ETag", tag);
        switch (ByteRange.of(asked == null ? "" : asked, content.byteLength())) {
            case ByteRange.None none -> {
                context.header("Content-Range", "bytes */" + content.byteLength());
                write(Problem.of(416, "range", "the content has " + content.byteLength() + " bytes"), context);
            }
            case ByteRange.Whole whole -> {
                context.status(200);
                copy(stored, context, 0, content.byteLength());
            }
            case ByteRange.Part part -> {
                context.status(206);
                context.header(
                        "Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + content.byteLength());
                copy(stored, context, part.first(), part.last() - part.first() + 1);
            }
        }
    }

    private static void copy(Reply.Stored stored, Context context, long offset, long length) throws IOException {
        var content = stored.content();
        context.contentType(content.contentType());
        // Whatever was uploaded: it is saved, not shown in the name of this server.
        context.header("Content-Disposition", "attachment; filename=\"" + stored.fileName() + '"');
        context.res().setContentLengthLong(length);
        if (context.req().getMethod().equals("HEAD")) return;
        try (InputStream from = content.content().openAt(offset)) {
            OutputStream to = context.res().getOutputStream();
            byte[] chunk = new byte[CHUNK_BYTES];
            long left = length;
            while (left > 0) {
                int read = from.read(chunk, 0, (int) Math.min(chunk.length, left));
                if (read < 0) throw new IOException("stored content is shorter than it was");
                to.write(chunk, 0, read);
                left -= read;
            }
            to.flush();
        }
    }
}

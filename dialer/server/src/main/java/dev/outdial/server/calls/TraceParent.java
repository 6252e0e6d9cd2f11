package dev.outdial.server.calls;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The span of somebody else's that a request is a part of: {@code traceparent} of W3C's Trace Context. <b>Threading:</b> belongs to the
 * thread that answers the request.
 */
public final class TraceParent {
    // Version 00, section 3.2; later ones may have more after it, and are not taken.
    private static final Pattern FORM = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final ThreadLocal<Optional<String>> CURRENT = ThreadLocal.withInitial(Optional::empty);

    private TraceParent() {}

    /** While a request is answered. */
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /** What this thread does until that is closed belongs to it. @param header as it came; what is none is left out */
    public static Scope enter(Optional<String> header) {
        CURRENT.set(header.filter(TraceParent::isOne));
        return CURRENT::remove;
    }

    /** What this thread works for. */
    public static Optional<String> current() {
        return CURRENT.get();
    }

    /** Whether it has the form of one. */
    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }
}

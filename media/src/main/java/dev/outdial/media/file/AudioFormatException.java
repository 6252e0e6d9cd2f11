package dev.outdial.media.file;

import java.io.IOException;
import java.util.OptionalLong;

/**
 * Audio that cannot be played. The message is one line that names the source, what is wrong, where, and what was expected;
 * it is fit to be shown to the user who brought the file.
 */
public final class AudioFormatException extends IOException {
    private static final int MAX_NAME = 300;
    private static final long WHOLE_FILE = -1;

    private final String source;
    private final String reason;
    private final long byteOffset;

    /** For a problem with the file as a whole. */
    public AudioFormatException(String source, String reason) {
        this(source, reason, WHOLE_FILE, null);
    }

    /** For a problem at a place, in bytes from the start of the file. */
    public AudioFormatException(String source, String reason, long byteOffset) {
        this(source, reason, byteOffset, null);
    }

    /** For a problem that a decoder found. */
    AudioFormatException(
            String source, String reason, long byteOffset, @org.jspecify.annotations.Nullable Throwable cause) {
        super(oneLine(source) + ": " + reason + (byteOffset < 0 ? "" : " at byte " + byteOffset), cause);
        this.source = oneLine(source);
        this.reason = reason;
        this.byteOffset = byteOffset;
    }

    /** What its user knows the sound by: the name of a file, an address. Without control characters. */
    public String source() {
        return source;
    }

    /** What is wrong and what was expected, without the source and the place. */
    public String reason() {
        return reason;
    }

    /** Where the problem was noticed, in bytes from the start of the file; empty where it is the file as a whole. */
    public OptionalLong offset() {
        return byteOffset < 0 ? OptionalLong.empty() : OptionalLong.of(byteOffset);
    }

    private static String oneLine(String name) {
        String printable = name.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
        return printable.length() <= MAX_NAME ? printable : printable.substring(0, MAX_NAME) + "...";
    }
}

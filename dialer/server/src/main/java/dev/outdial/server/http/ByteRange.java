package dev.outdial.server.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which part of a content is wanted (RFC 9110 14.2): one range is served, several are answered with the whole, as what makes no sense is. */
sealed interface ByteRange {
    /** All of it. */
    record Whole() implements ByteRange {}

    /** From a byte to a byte, both included. */
    record Part(long first, long last) implements ByteRange {}

    /** There is no such byte. */
    record None() implements ByteRange {}

    Pattern FORM = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    /** @param header empty where there is none */
    static ByteRange of(String header, long byteLength) {
        Matcher form = FORM.matcher(header.replace(" ", ""));
        if (!form.matches() || (form.group(1).isEmpty() && form.group(2).isEmpty())) return new Whole();
        if (form.group(1).isEmpty()) {
            long count = Long.parseLong(form.group(2));
            return count == 0 || byteLength == 0
                    ? new None()
                    : new Part(Math.max(0, byteLength - count), byteLength - 1);
        }
        long first = Long.parseLong(form.group(1));
        long last = form.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(form.group(2));
        if (last < first) return new Whole();
        return first >= byteLength ? new None() : new Part(first, Math.min(last, byteLength - 1));
    }
}

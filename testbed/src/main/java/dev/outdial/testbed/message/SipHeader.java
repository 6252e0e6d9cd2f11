package dev.outdial.testbed.message;

import java.util.Locale;
import java.util.Map;

/**
 * One header line of a SIP message, its name as it was written.
 *
 * @param name the name as written, long or compact
 * @param value the value without surrounding blanks, folded lines joined by one blank
 */
public record SipHeader(String name, String value) {
    private static final Map<String, String> LONG_NAMES = Map.ofEntries(
            Map.entry("a", "accept-contact"),
            Map.entry("b", "referred-by"),
            Map.entry("c", "content-type"),
            Map.entry("d", "request-disposition"),
            Map.entry("e", "content-encoding"),
            Map.entry("f", "from"),
            Map.entry("i", "call-id"),
            Map.entry("j", "reject-contact"),
            Map.entry("k", "supported"),
            Map.entry("l", "content-length"),
            Map.entry("m", "contact"),
            Map.entry("o", "event"),
            Map.entry("r", "refer-to"),
            Map.entry("s", "subject"),
            Map.entry("t", "to"),
            Map.entry("u", "allow-events"),
            Map.entry("v", "via"),
            Map.entry("x", "session-expires"));

    /** Whether this line carries the header of that name, whichever of its two forms is used on either side. */
    public boolean isNamed(String wanted) {
        return canonical(name).equals(canonical(wanted));
    }

    private static String canonical(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return LONG_NAMES.getOrDefault(lower, lower);
    }

    @Override
    public String toString() {
        return name + ": " + value;
    }
}

package dev.outdial.sip.dialog;

import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.MessageBody;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * How the call that a far end was referred to goes, in its own words: the first line of a {@code message/sipfrag} body (RFC 3420).
 *
 * @param status 100-699
 * @param reason the reason phrase
 */
record StatusLine(int status, String reason) {
    private static final String VERSION = "SIP/2.0 ";
    private static final int LONGEST_LINE = 256;

    /** Reads a body as it came from the network; empty where it is none, or none that can be read. */
    static Optional<StatusLine> of(MessageBody body) {
        if (!body.is("message/sipfrag")) return Optional.empty();
        byte[] bytes = body.bytes();
        var text = new String(Arrays.copyOf(bytes, Math.min(bytes.length, LONGEST_LINE)), StandardCharsets.UTF_8);
        String line = text.lines().findFirst().orElse("");
        if (!line.regionMatches(true, 0, VERSION, 0, VERSION.length())) return Optional.empty();
        String rest = line.substring(VERSION.length()).strip();
        return Headers.leadingNumber(rest)
                .filter(status -> status >= 100 && status <= 699)
                .map(status ->
                        new StatusLine(status.intValue(), rest.substring(3).strip()));
    }
}

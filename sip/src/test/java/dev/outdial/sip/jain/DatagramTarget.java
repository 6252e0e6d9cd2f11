package dev.outdial.sip.jain;

import dev.outdial.sip.message.SipAnswer;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.util.Set;

/** Anything as a datagram: through the guard, the parser and the converter, as far as it gets. */
public final class DatagramTarget {
    private static final InetSocketAddress STRANGER = new InetSocketAddress("203.0.113.9", 5060);
    private static final MessageConverter CONVERTER = new MessageConverter();
    private static final WatchedParser PARSER = new WatchedParser();

    private DatagramTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        read(input);
    }

    /** Whether it was read and could be answered, or told. */
    static boolean read(byte[] input) {
        // All are strangers, and all Call-IDs are known: everything is looked at.
        var gate = new Gate(callId -> !callId.isEmpty(), () -> 0);
        gate.trust(Set.of());
        boolean admitted = gate.admits(STRANGER, input, 0, input.length);
        require(admitted || gate.dropped() + gate.strangers() <= 1, "what is refused is counted once");
        try {
            return convert(PARSER.parseSIPMessage(input, true, false, DatagramTarget::neverAsked));
        } catch (ParseException e) {
            return false;
        }
    }

    private static void neverAsked(ParseException e, SIPMessage message, Class<?> header, String text, String whole) {
        throw new AssertionError("the parser has a listener of its own");
    }

    private static boolean convert(@org.jspecify.annotations.Nullable SIPMessage message) {
        try {
            switch (message) {
                case SIPRequest request -> {
                    CONVERTER.copy(request);
                    String answer = CONVERTER
                            .response(request, SipAnswer.of(480, "Temporarily Unavailable"))
                            .encode();
                    require(answer.startsWith("SIP/2.0 480 Temporarily Unavailable\r\n"), "the first line is ours");
                }
                case SIPResponse response -> CONVERTER.copy(response);
                case null, default -> {
                    return false;
                }
            }
            return true;
        } catch (ParseException | RuntimeException e) { // JainListener counts it as unreadable
            return false;
        }
    }

    static void require(boolean holds, String what) {
        if (!holds) throw new AssertionError(what);
    }
}

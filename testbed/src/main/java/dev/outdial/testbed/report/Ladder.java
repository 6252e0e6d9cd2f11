package dev.outdial.testbed.report;

import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.trunk.TrunkCall;
import dev.outdial.testbed.trunk.TrunkMessage;
import java.util.List;

/**
 * The SIP ladder of a call as text, a message a line.
 *
 * <pre>{@code
 *     0.000  caller  ---- INVITE (SDP) ------------------------->  1000
 *     0.001  caller  <--- 100 Trying ----------------------------  1000
 * }</pre>
 */
public final class Ladder {
    /** Room for the longest reason phrase that the trunk knows, that of 481. */
    private static final int ARROW_CHARACTERS = 44;

    private Ladder() {}

    /** The ladder of a call; times in seconds from its first INVITE. */
    public static String of(TrunkCall call) {
        return of(call.messages(), call.number(), call.invitedNanos());
    }

    /**
     * The ladder of any messages.
     *
     * @param callee what to call the right-hand side
     * @param zeroNanos the time that is shown as 0
     */
    public static String of(List<TrunkMessage> messages, String callee, long zeroNanos) {
        var text = new StringBuilder();
        for (var m : messages) {
            double seconds = (m.atNanos() - zeroNanos) / 1e9;
            text.append("%9.3f  caller  %s  %s%n".formatted(seconds, arrow(m), printable(callee)));
        }
        return text.toString();
    }

    private static String arrow(TrunkMessage m) {
        var label = " " + label(m.message()) + " ";
        var line = (m.fromCaller() ? "----" : "<---") + label;
        return line + "-".repeat(Math.max(2, ARROW_CHARACTERS - line.length() - 1)) + (m.fromCaller() ? ">" : "-");
    }

    private static String label(SipMessage message) {
        var what = message.isRequest() ? message.method() : message.status() + " " + message.reason();
        boolean describes = message.header("Content-Type").orElse("").startsWith("application/sdp");
        boolean proves = message.header("Authorization").isPresent()
                || message.header("Proxy-Authorization").isPresent();
        return printable(what) + (describes ? " (SDP)" : "") + (proves ? " (credentials)" : "");
    }

    /** What came from the network must not move the cursor of a terminal. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}

package dev.outdial.server.cli;

import dev.outdial.dialer.outcome.CallOutcome;
import java.util.Locale;

/** Numbers and outcomes as people read them. */
final class Sentences {
    private Sentences() {}

    static String of(CallOutcome outcome) {
        var sentence = new StringBuilder(outcome.kind().word());
        outcome.sipCode().ifPresent(code -> sentence.append(", SIP ").append(code));
        outcome.cause().ifPresent(cause -> sentence.append(", Q.850 ").append(cause));
        sentence.append(", by ").append(outcome.endedBy().word()).append(": ").append(outcome.reason());
        return sentence.toString();
    }

    /** Whose word it was that nobody answered; nothing where that cannot be told. */
    static String refusal(CallOutcome outcome) {
        return outcome.refusedBy()
                .map(who -> switch (who) {
                    case CALLEE -> ", refused by the callee";
                    case CARRIER -> ", refused by the carrier";
                    case UNKNOWN -> "";
                })
                .orElse("");
    }

    static String rtp(CallResult.RtpReport rtp) {
        return String.format(
                Locale.ROOT,
                "%d packets sent (%d missed), %d received, %d lost, jitter %.1f ms, MOS %s",
                rtp.sent(),
                rtp.lateTicks(),
                rtp.received(),
                rtp.lost(),
                rtp.jitterMillis(),
                rtp.mos() == null ? "unknown" : String.format(Locale.ROOT, "%.1f", rtp.mos()));
    }
}

package dev.outdial.testbed.report;

import dev.outdial.testbed.probe.SoundComparison;
import dev.outdial.testbed.trunk.MediaReport;
import dev.outdial.testbed.trunk.TrunkCall;
import dev.outdial.testbed.uas.CallEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the callee's own probe heard, as text. */
public final class CallReport {
    private CallReport() {}

    /** The report of a call without a reference to compare its sound with. */
    public static String of(TrunkCall call) {
        return of(call, Optional.empty());
    }

    /** The report of a call and how like the reference its sound was. */
    public static String of(TrunkCall call, SoundComparison comparison) {
        return of(call, Optional.of(comparison));
    }

    private static String of(TrunkCall call, Optional<SoundComparison> comparison) {
        var lines = new ArrayList<String>();
        lines.add("callee         " + call.number()
                + call.persona().map(p -> ", who " + p.sentence()).orElse(""));
        lines.add("ended          " + call.end().map(CallReport::words).orElse("not yet"));
        call.media().ifPresentOrElse(m -> lines.addAll(sound(m)), () -> lines.add("heard          no sound"));
        comparison.ifPresent(c -> lines.add("message        " + c));
        call.savedSound().ifPresent(file -> lines.add("recording      " + file));
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    private static List<String> sound(MediaReport media) {
        return List.of(
                "codec          " + media.law().encodingName(),
                "heard          " + media.received(),
                "said           " + media.sent(),
                "keys heard     " + orNone(media.digitsReceived()),
                "keys pressed   " + orNone(media.digitsSent()),
                "RTCP heard     " + media.rtcp().size() + " packets"
                        + (media.goodbyeHeard() ? ", goodbye among them" : ", no goodbye"));
    }

    private static String orNone(String digits) {
        return digits.isEmpty() ? "none" : digits;
    }

    private static String words(CallEnd end) {
        return switch (end.kind()) {
            case CALLER_HUNG_UP -> "the caller hung up";
            case CALLEE_HUNG_UP -> "the callee hung up";
            case CANCELED -> "the caller gave up before the answer";
            case REFUSED -> "refused with " + end.status();
            case UNACKNOWLEDGED -> "the answer was never acknowledged";
            case TRUNK_CLOSED -> "the carrier was closed";
        };
    }
}

package dev.outdial.dialer.call;

import dev.outdial.dialer.detect.ToneKind;
import dev.outdial.dialer.event.CallEvent;
import dev.outdial.media.tone.SitKind;
import dev.outdial.media.tone.ToneEvent;

/** Tones in the engine's words. */
final class HeardTones {
    private HeardTones() {}

    /** @param early whether it was heard before the answer */
    static CallEvent.ToneHeard event(ToneEvent tone, boolean early) {
        double hertz = tone instanceof ToneEvent.Beep beep ? beep.frequencyHz() : 0;
        return new CallEvent.ToneHeard(kind(tone), hertz, tone.durationMillis(), early);
    }

    private static ToneKind kind(ToneEvent tone) {
        return switch (tone) {
            case ToneEvent.Ringback ringback -> ToneKind.RINGBACK;
            case ToneEvent.Busy busy -> ToneKind.BUSY;
            case ToneEvent.Congestion congestion -> ToneKind.CONGESTION;
            case ToneEvent.Sit sit -> kind(sit.kind());
            case ToneEvent.FaxCalling calling -> ToneKind.FAX_CALLING;
            case ToneEvent.FaxAnswer answer -> ToneKind.FAX_ANSWER;
            case ToneEvent.Modem modem -> ToneKind.MODEM;
            case ToneEvent.Beep beep -> ToneKind.BEEP;
        };
    }

    private static ToneKind kind(SitKind kind) {
        return switch (kind) {
            case INTERCEPT -> ToneKind.INTERCEPT;
            case VACANT_CODE -> ToneKind.VACANT_CODE;
            case REORDER -> ToneKind.REORDER;
            case NO_CIRCUIT -> ToneKind.NO_CIRCUIT;
            case UNSPECIFIED -> ToneKind.SPECIAL_INFORMATION;
        };
    }
}

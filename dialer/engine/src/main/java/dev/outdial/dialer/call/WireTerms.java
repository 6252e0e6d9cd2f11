package dev.outdial.dialer.call;

import dev.outdial.dialer.digits.DigitSource;
import dev.outdial.dialer.outcome.CallStatistics;
import dev.outdial.dialer.record.RecordingEnd;
import dev.outdial.dialer.record.RecordingOptions;
import dev.outdial.dialer.trunk.WireOptions;
import dev.outdial.media.MediaEvent;
import dev.outdial.media.MediaStatistics;
import dev.outdial.media.SessionOptions;
import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.record.RecordingOptions.Format;
import dev.outdial.media.record.RecordingOptions.Sides;
import dev.outdial.media.sdp.Capabilities;
import dev.outdial.media.srtp.SrtpPolicy;

/** Carries what users say and read of the media wire across to the media module and back. */
final class WireTerms {
    private WireTerms() {}

    static SessionOptions options(WireOptions wire) {
        return new SessionOptions(
                new Capabilities(
                        wire.codecs().stream()
                                .map(codec -> switch (codec) {
                                    case PCMU -> AudioCodec.PCMU;
                                    case PCMA -> AudioCodec.PCMA;
                                    case L16 -> AudioCodec.L16;
                                    case G722 -> AudioCodec.G722;
                                    case OPUS -> AudioCodec.OPUS;
                                })
                                .toList(),
                        wire.ptimeMillis(),
                        wire.comfortNoise(),
                        switch (wire.encryption()) {
                            case OFF -> SrtpPolicy.OFF;
                            case OFFERED -> SrtpPolicy.OFFERED;
                            case REQUIRED -> SrtpPolicy.REQUIRED;
                        }),
                wire.symmetricRtp(),
                wire.rtpTimeout());
    }

    static dev.outdial.media.record.RecordingOptions recording(RecordingOptions options) {
        return new dev.outdial.media.record.RecordingOptions(
                switch (options.sides()) {
                    case FAR_END -> Sides.FAR_END;
                    case MIXED -> Sides.MIXED;
                    case STEREO -> Sides.STEREO;
                },
                switch (options.format()) {
                    case PCM -> Format.PCM16;
                    case ULAW -> Format.PCMU;
                    case ALAW -> Format.PCMA;
                },
                options.beep(),
                (int) options.silence().toMillis(),
                options.stopKeys(),
                options.longest().toMillis());
    }

    static RecordingEnd recordingEnd(dev.outdial.media.record.RecordingEnd reason) {
        return switch (reason) {
            case STOPPED -> RecordingEnd.STOPPED;
            case SILENCE -> RecordingEnd.SILENCE;
            case KEY -> RecordingEnd.KEY;
            case TIME -> RecordingEnd.TIME;
            case REPLACED -> RecordingEnd.REPLACED;
            case SESSION_ENDED -> RecordingEnd.CALL_ENDED;
            case FAILED -> RecordingEnd.FAILED;
        };
    }

    static DigitSource source(MediaEvent.DigitSource source) {
        return switch (source) {
            case TELEPHONE_EVENT -> DigitSource.TELEPHONE_EVENT;
            case IN_BAND -> DigitSource.IN_BAND;
        };
    }

    static CallStatistics statistics(MediaStatistics seen) {
        return new CallStatistics(
                seen.sent().packets(),
                seen.received().packets(),
                seen.received().lost(),
                seen.received().jitterMillis(),
                seen.sent().lateTicks(),
                seen.received().longestGapMillis(),
                seen.received().concealedMillis(),
                seen.received().strangers(),
                seen.received().rejected(),
                seen.sent().unreachable(),
                seen.mos(),
                seen.remote().lost(),
                seen.remote().roundTripMillis(),
                seen.received().levelDbov());
    }
}

package dev.outdial.media;

import dev.outdial.media.MediaEvent.DigitSource;
import dev.outdial.media.dtmf.TelephoneEventReceiver;
import dev.outdial.media.rtp.RtpPacket;
import dev.outdial.media.tone.DtmfDetector;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Hears the far end's keys, each once: by telephone-events, and as tones where none were agreed. A far end that sends
 * telephone-events all the same is searched for tones no more: it would send both. <b>Threading:</b> one owner, the media loop.
 */
final class KeyEars {
    /** An event so soon after the same key as tones is that key: a gateway that turns the one into the other is late with it. */
    private static final long SAME_KEY_NANOS = 500_000_000;

    private final Ears ears;
    private final Consumer<MediaEvent> events;
    private final TelephoneEventReceiver telephoneEvents;
    private Optional<DtmfDetector> tones = Optional.empty();
    private boolean sendsEvents;
    private long nowNanos;
    private char lastTone;
    private long lastToneNanos;

    KeyEars(Ears ears, Consumer<MediaEvent> events) {
        this.ears = ears;
        this.events = events;
        this.telephoneEvents = new TelephoneEventReceiver(this::eventReleased);
    }

    /** Whether keys may come as tones by what was agreed. */
    void expectTones(boolean wanted) {
        boolean searching = wanted && !sendsEvents;
        if (searching == tones.isPresent()) return;
        tones.ifPresent(DtmfDetector::finish);
        tones = searching ? Optional.of(new DtmfDetector(this::toneReleased)) : Optional.empty();
        ears.listenForKeys(tones.map(detector -> (samples, count, now) -> {
            nowNanos = now;
            detector.put(samples, count);
        }));
    }

    /**
     * Takes a telephone-event packet.
     *
     * @param clockRate the units a second of its duration
     * @return false where it is none, or no key
     */
    boolean put(RtpPacket packet, int clockRate, ByteBuffer datagram, long now) {
        nowNanos = now;
        boolean understood = telephoneEvents.put(
                packet.ssrc(),
                packet.timestamp(),
                clockRate,
                datagram,
                packet.payloadOffset(),
                packet.payloadLength(),
                now);
        if (understood && tones.isPresent()) {
            // What was heard of a tone until now is the beginning of the key that this packet tells of.
            tones = Optional.empty();
            ears.listenForKeys(Optional.empty());
        }
        sendsEvents |= understood;
        return understood;
    }

    private void eventReleased(char digit, int millis) {
        boolean wasHeard = digit == lastTone && nowNanos - lastToneNanos < SAME_KEY_NANOS + millis * 1_000_000L;
        lastTone = 0;
        if (!wasHeard) events.accept(new MediaEvent.Digit(digit, millis, DigitSource.TELEPHONE_EVENT));
    }

    private void toneReleased(char digit, int millis) {
        lastTone = digit;
        lastToneNanos = nowNanos;
        events.accept(new MediaEvent.Digit(digit, millis, DigitSource.IN_BAND));
    }

    /** Lets time pass. */
    void wake(long now) {
        nowNanos = now;
        telephoneEvents.wake(now);
    }

    /** The session ends. */
    void finish() {
        telephoneEvents.finish();
        tones.ifPresent(DtmfDetector::finish);
    }
}

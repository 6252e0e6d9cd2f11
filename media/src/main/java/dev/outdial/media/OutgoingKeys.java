package dev.outdial.media;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.dtmf.Digits;
import dev.outdial.media.dtmf.TelephoneEventSender;
import dev.outdial.media.sdp.Negotiation.Agreed;
import dev.outdial.media.tone.KeyTones;
import java.nio.ByteBuffer;

/**
 * Keys on their way out, one press after another: as telephone-events where the far end takes them, else as tones in the
 * sound. <b>Threading:</b> one owner.
 */
final class OutgoingKeys implements OutgoingItem {
    /** How long a key is down where nobody says otherwise. */
    static final int TONE_MILLIS = 160;
    /** The pause after it. */
    static final int PAUSE_MILLIS = 80;

    private static final int SAMPLES_PER_MILLI = 8;

    /** What a packet time carries. */
    enum Output {
        /** A telephone-event packet: {@link OutgoingKeys#writeEvent}. */
        EVENT,
        /** A key in the sound: {@link OutgoingKeys#fillTone}. */
        TONE,
        /** Neither: whatever is sent where no key is down. */
        PAUSE
    }

    private final long id;
    private final String sequence;
    private final int toneMillis;
    private final int pauseMillis;
    private final TelephoneEventSender events = new TelephoneEventSender();
    private final KeyTones tones = new KeyTones();
    private int eventClockRate;
    private int waitSamples;
    private int next;
    private boolean givenUp;

    /**
     * Keys to press.
     *
     * @param sequence keys and pauses, as {@link Digits} names them
     * @throws IllegalArgumentException for anything else in it, and for times that {@link Digits#checkTimes} refuses
     */
    OutgoingKeys(long id, String sequence, int toneMillis, int pauseMillis) {
        // What it was is not said: keys may be secret.
        if (!Digits.areKeysOrPauses(sequence))
            throw new IllegalArgumentException("keys, expected 0-9, *, #, A-D, and for pauses , w W");
        Digits.checkTimes(toneMillis, pauseMillis);
        this.id = id;
        this.sequence = sequence;
        this.toneMillis = toneMillis;
        this.pauseMillis = pauseMillis;
    }

    /** Nothing is left once the last key's pause is over, too. */
    @Override
    public boolean isDone(Agreed terms) {
        return givenUp || next == sequence.length() && !isBusy();
    }

    private boolean isBusy() {
        return events.isBusy() || tones.isBusy() || waitSamples > 0;
    }

    /** Moves on by one packet time, to the next key where the last one's pause is over, and says what it carries. */
    Output tick(int timestamp, int samples, Agreed terms) {
        boolean asEvents = terms.telephoneEventPayloadType().isPresent();
        int clockRate = terms.telephoneEventClockRate();
        if (!isBusy()) press(timestamp, asEvents, clockRate);
        if (events.isDown() && (!asEvents || clockRate != eventClockRate)) {
            // Telephone-events, or their clock, were agreed away under a pressed key. Whether the far end heard it
            // nobody knows, and to
            // press it again could make two of it.
            events.abandon();
            next--;
            givenUp = true;
        }
        if (tones.isDown()) return Output.TONE;
        if (tones.isBusy()) tones.pause(samples);
        waitSamples -= Math.min(waitSamples, samples);
        int clockUnits = samples * (eventClockRate / AudioCodec.CLOCK_RATE);
        return events.tick(clockUnits) == TelephoneEventSender.Output.EVENT ? Output.EVENT : Output.PAUSE;
    }

    private void press(int timestamp, boolean asEvents, int clockRate) {
        char key = sequence.charAt(next++);
        eventClockRate = clockRate;
        if (Digits.pauseMillis(key) > 0) waitSamples = Digits.pauseMillis(key) * SAMPLES_PER_MILLI;
        else if (asEvents) events.press(key, timestamp, clockRate, toneMillis, pauseMillis);
        else tones.press(key, toneMillis, pauseMillis);
    }

    /** Whether this event packet is the first of its key. */
    boolean marker() {
        return events.marker();
    }

    /** The timestamp of this event packet. */
    int timestamp() {
        return events.timestamp();
    }

    /** Writes the payload of this event packet. */
    void writeEvent(ByteBuffer target) {
        events.writePayload(target);
    }

    /** Writes the samples of this packet time's tone. */
    void fillTone(short[] target, int count) {
        tones.fill(target, count);
    }

    @Override
    public MediaEvent report() {
        // A key still down has not been sent whole, a pause under way not been made.
        boolean underWay = events.isDown() || tones.isDown() || waitSamples > 0;
        return new MediaEvent.DigitsSent(id, sequence.substring(0, next - (underWay ? 1 : 0)));
    }
}

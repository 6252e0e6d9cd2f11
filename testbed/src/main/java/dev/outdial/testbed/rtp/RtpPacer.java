package dev.outdial.testbed.rtp;

import dev.outdial.testbed.sound.Sound;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Makes the RTP stream of a callee: a frame of sound or of a pressed key every 20 ms on absolute deadlines, one SSRC, sequence and timestamp running on through
 * everything. It knows no clock and no socket: the owner wakes it at {@link #nextDeadlineNanos()}.
 *
 * <p><b>Threading:</b> one owner.
 */
public final class RtpPacer {
    /** Samples and timestamp units in a frame. */
    public static final int FRAME_SAMPLES = 160;

    private static final long FRAME_NANOS = 20_000_000;
    // After a longer pause of the process the missed frames are left out, as a phone does, and not sent in a burst.
    private static final long LONGEST_CATCH_UP_NANOS = 10 * FRAME_NANOS;
    private static final int PRESS_FRAMES = 5;
    private static final int END_PACKETS = 3;
    private static final int PAUSE_FRAMES = 5;
    private static final int VOLUME = 10;

    /** A key on its way: {@code frame} counts from 0; the pause after it is sound again. */
    private static final class Press {
        private final char digit;
        private long startTimestamp;
        private int frame;

        private Press(char digit) {
            this.digit = digit;
        }
    }

    private G711 law;
    private OptionalInt eventPayloadType;
    private final long ssrc;
    private final ArrayDeque<Press> presses = new ArrayDeque<>();
    private final List<Character> justSent = new ArrayList<>();
    private final short[] frame = new short[FRAME_SAMPLES];
    private Sound sound = Sound.silence();
    private long deadlineNanos;
    private int sequence;
    private long timestamp;
    private boolean talkspurtStarts = true;
    private long packetCount;
    private long octetCount;

    /**
     * Begins a stream.
     *
     * @param law how sound is encoded
     * @param eventPayloadType the payload type of telephone-events; empty presses keys as tones
     * @param ssrc the source
     * @param sequence the first sequence number
     * @param timestamp the first timestamp
     * @param startNanos when the first packet is due
     */
    public RtpPacer(G711 law, OptionalInt eventPayloadType, long ssrc, int sequence, long timestamp, long startNanos) {
        this.law = law;
        this.eventPayloadType = eventPayloadType;
        this.ssrc = ssrc;
        this.sequence = sequence;
        this.timestamp = timestamp;
        deadlineNanos = startNanos;
    }

    /** From the next frame on, this is what is said. When it is over, silence follows. */
    public void play(Sound next) {
        sound = next;
        talkspurtStarts = true;
    }

    /** From the next frame on, sound and keys are sent this way; the stream runs on. */
    public void use(G711 otherLaw, OptionalInt otherEventPayloadType) {
        law = otherLaw;
        eventPayloadType = otherEventPayloadType;
    }

    /** Whether nothing but silence is left to send. */
    public boolean isQuiet() {
        return sound.isOver() && presses.isEmpty();
    }

    /**
     * Presses keys one after another: 100 ms each, 100 ms between them.
     *
     * @throws IllegalArgumentException for a character that is no key
     */
    public void press(String digits) {
        for (char digit : digits.toCharArray()) TelephoneEvent.eventOf(digit);
        for (char digit : digits.toCharArray()) presses.add(new Press(digit));
    }

    /** When the next packet is due. */
    public long nextDeadlineNanos() {
        return deadlineNanos;
    }

    /** The packets that are due now; asked late, those that were due since. */
    public List<RtpPacket> take(long nowNanos) {
        var due = new ArrayList<RtpPacket>();
        long lateNanos = nowNanos - deadlineNanos;
        if (lateNanos > LONGEST_CATCH_UP_NANOS) skip(lateNanos / FRAME_NANOS);
        while (nowNanos - deadlineNanos >= 0) {
            nextFrame().ifPresent(due::add);
            deadlineNanos += FRAME_NANOS;
            timestamp += FRAME_SAMPLES;
        }
        return due;
    }

    private void skip(long frames) {
        deadlineNanos += frames * FRAME_NANOS;
        timestamp += frames * FRAME_SAMPLES;
        talkspurtStarts = true;
    }

    private Optional<RtpPacket> nextFrame() {
        var press = presses.peek();
        if (press == null) return Optional.of(soundFrame());
        if (press.frame == 0) press.startTimestamp = timestamp;
        var packet = eventPayloadType.isPresent() ? eventFrame(press, eventPayloadType.getAsInt()) : toneFrame(press);
        if (++press.frame == PRESS_FRAMES) justSent.add(press.digit);
        if (press.frame == PRESS_FRAMES + END_PACKETS - 1 + PAUSE_FRAMES) presses.remove();
        return Optional.of(packet);
    }

    //   frame   marker  timestamp  duration  end
    //     0        1      start       160     0    pressed
    //    1..3      0      start    320..640   0
    //     4        0      start       800     1    released after 100 ms
    //    5..6      0      start       800     1    the end once more, twice (RFC 4733 2.5.1.4)
    //    7..       0      running       -     -    sound again, until the next key
    private RtpPacket eventFrame(Press press, int payloadType) {
        if (press.frame >= PRESS_FRAMES + END_PACKETS - 1) return soundFrame();
        int frames = Math.min(press.frame + 1, PRESS_FRAMES);
        boolean end = press.frame >= PRESS_FRAMES - 1;
        var event = new TelephoneEvent(TelephoneEvent.eventOf(press.digit), end, VOLUME, frames * FRAME_SAMPLES);
        talkspurtStarts = true;
        return packet(payloadType, press.frame == 0, press.startTimestamp, event.toBytes());
    }

    private RtpPacket toneFrame(Press press) {
        if (press.frame >= PRESS_FRAMES) return soundFrame();
        int offset = press.frame * FRAME_SAMPLES;
        Sound.key(press.digit).skip(offset).next(frame);
        return audioPacket();
    }

    private RtpPacket soundFrame() {
        if (sound.isOver()) sound = Sound.silence();
        sound.next(frame);
        return audioPacket();
    }

    private RtpPacket audioPacket() {
        boolean marker = talkspurtStarts;
        talkspurtStarts = false;
        return packet(law.payloadType(), marker, timestamp, law.encode(frame));
    }

    private RtpPacket packet(int payloadType, boolean marker, long packetTimestamp, byte[] payload) {
        packetCount++;
        octetCount += payload.length;
        return new RtpPacket(payloadType, marker, sequence++, packetTimestamp, ssrc, payload);
    }

    /** The keys that were released since this was last asked. */
    public List<Character> takeSentDigits() {
        var sent = List.copyOf(justSent);
        justSent.clear();
        return sent;
    }

    /** The source. */
    public long ssrc() {
        return ssrc;
    }

    /** The timestamp of the next frame. */
    public long timestamp() {
        return timestamp & 0xFFFF_FFFFL;
    }

    /** Packets made so far. */
    public long packetCount() {
        return packetCount;
    }

    /** Payload bytes made so far. */
    public long octetCount() {
        return octetCount;
    }
}

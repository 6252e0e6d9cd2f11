package dev.outdial.media;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.dtmf.TelephoneEventSender;
import dev.outdial.media.rtp.EncodedClip;
import dev.outdial.media.rtp.RtpSender;
import dev.outdial.media.sdp.Negotiation.Agreed;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Decides what leaves in each packet time: clips and keys one after another, silence where there are none. Deterministic.
 * <b>Threading:</b> one owner, the media loop.
 */
final class OutgoingStream {
    private static final int KEY_MILLIS = 160;
    private static final int PAUSE_MILLIS = 80;

    private sealed interface Item {}

    private static final class Clip implements Item {
        private final long id;
        private final EncodedClip clip;
        private int nextFrame;

        Clip(long id, EncodedClip clip) {
            this.id = id;
            this.clip = clip;
        }

        MediaEvent.Played played() {
            boolean whole = nextFrame >= clip.frameCount();
            return new MediaEvent.Played(id, whole ? clip.millis() : (long) nextFrame * clip.ptimeMillis(), whole);
        }
    }

    private static final class Keys implements Item {
        private final long id;
        private final String digits;
        private int nextKey;

        Keys(long id, String digits) {
            this.id = id;
            this.digits = digits;
        }
    }

    private final RtpSender sender;
    private final Consumer<MediaEvent> events;
    private final ArrayDeque<Item> queue = new ArrayDeque<>();
    private final TelephoneEventSender keys = new TelephoneEventSender();
    private Optional<Agreed> agreed = Optional.empty();
    private int samplesPerPacket;
    private byte[] silence = {};
    private boolean inTalkspurt;
    private boolean finished;

    OutgoingStream(RtpSender sender, Consumer<MediaEvent> events) {
        this.sender = sender;
        this.events = events;
    }

    void agree(Agreed terms) {
        agreed = Optional.of(terms);
        samplesPerPacket = AudioCodec.samplesIn(terms.ptimeMillis());
        silence = new byte[terms.codec().bytesFor(samplesPerPacket)];
        Arrays.fill(silence, terms.codec().silence());
    }

    void play(long id, EncodedClip clip) {
        enqueue(new Clip(id, clip));
    }

    void sendDigits(long id, String digits) {
        enqueue(new Keys(id, digits));
    }

    private void enqueue(Item item) {
        if (finished) report(item);
        else queue.add(item);
    }

    /** Forgets the clips, the one that plays too; keys stay. */
    void stopPlaying() {
        for (Item item : queue) if (item instanceof Clip clip) events.accept(clip.played());
        queue.removeIf(item -> item instanceof Clip);
    }

    /** The session ends: what waits is reported as far as it came. */
    void finish() {
        finished = true;
        abandon();
    }

    private void abandon() {
        queue.forEach(this::report);
        queue.clear();
        keys.abandon();
        inTalkspurt = false;
    }

    private void report(Item item) {
        events.accept(
                switch (item) {
                    case Clip clip -> clip.played();
                    // A key still down has not been sent whole.
                    case Keys some ->
                        new MediaEvent.DigitsSent(
                                some.id, some.digits.substring(0, Math.max(0, some.nextKey - (keys.isBusy() ? 1 : 0))));
                });
    }

    /**
     * Writes the packet of this packet time and moves on to the next.
     *
     * @return false where nothing is to be sent
     */
    boolean tick(ByteBuffer target) {
        if (agreed.isEmpty()) return false;
        Agreed terms = agreed.get();
        if (terms.mayTalk()) {
            if (!keys.isBusy()) settle(terms);
            switch (keys.tick()) {
                case EVENT -> writeKey(target, terms);
                case PAUSE -> writeSilence(target, terms);
                case NONE -> writeAudio(target, terms);
            }
        } else {
            // A far end that does not listen is sent nothing, and nobody knows for how long: who plays is told so now.
            abandon();
        }
        sender.advance(samplesPerPacket);
        return terms.mayTalk();
    }

    /** Takes away what is done from the head of the queue, and presses the next key. */
    private void settle(Agreed terms) {
        for (Item item; (item = queue.peek()) != null && isDone(item, terms); ) report(queue.remove());
        if (queue.peek() instanceof Keys some)
            keys.press(
                    some.digits.charAt(some.nextKey++),
                    sender.timestamp(),
                    terms.ptimeMillis(),
                    KEY_MILLIS,
                    PAUSE_MILLIS);
    }

    private static boolean isDone(Item item, Agreed terms) {
        return switch (item) {
            // A clip in another format than the one now agreed cannot be played any more.
            case Clip clip ->
                clip.nextFrame >= clip.clip.frameCount()
                        || clip.clip.codec() != terms.codec()
                        || clip.clip.ptimeMillis() != terms.ptimeMillis();
            case Keys some ->
                some.nextKey >= some.digits.length()
                        || terms.telephoneEventPayloadType().isEmpty();
        };
    }

    private void writeKey(ByteBuffer target, Agreed terms) {
        sender.writeHeader(
                target,
                terms.telephoneEventPayloadType().orElseThrow(),
                keys.marker(),
                keys.timestamp(),
                TelephoneEventSender.PAYLOAD_BYTES);
        keys.writePayload(target);
    }

    private void writeSilence(ByteBuffer target, Agreed terms) {
        sender.writeHeader(target, terms.sendPayloadType(), sender.packets() == 0, sender.timestamp(), silence.length);
        target.put(silence);
        inTalkspurt = false;
    }

    private void writeAudio(ByteBuffer target, Agreed terms) {
        if (!(queue.peek() instanceof Clip playing)) {
            writeSilence(target, terms);
            return;
        }
        // The marker bit starts a talkspurt (RFC 3551 section 4.1).
        sender.writeHeader(target, terms.sendPayloadType(), !inTalkspurt, sender.timestamp(), silence.length);
        playing.clip.copyFrame(playing.nextFrame++, target);
        inTalkspurt = true;
    }
}

package dev.outdial.media;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.codec.ComfortNoise;
import dev.outdial.media.jitter.Playout;
import dev.outdial.media.rtp.RtpPacket;
import dev.outdial.media.rtp.RtpReceiver;
import dev.outdial.media.rtp.RtpReceiver.Verdict;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Has received sound heard by whom it concerns. While nobody listens nothing is decoded or kept. <b>Threading:</b> one owner,
 * the media loop.
 */
final class Ears {
    private static final int LONGEST_FRAME_MILLIS = 40;
    private static final int SAMPLES_PER_MILLI = 8;

    /** What it takes to hear. */
    private static final class Open {
        private final Playout playout = new Playout();
        private final short[] frame = new short[AudioCodec.samplesIn(LONGEST_FRAME_MILLIS)];
    }

    private final RtpReceiver receiver;
    private final Audience listeners = new Audience();
    private Optional<SoundListener> keyEar = Optional.empty();
    private Optional<Open> open = Optional.empty();
    /** Heard by another session, at its own pace. */
    private Optional<LentSound> lent = Optional.empty();

    private int packetSamples;
    private long concealedBefore;
    private long lostBefore;

    Ears(RtpReceiver receiver) {
        this.receiver = receiver;
    }

    /** Has the listener hear everything too; who listens already does so once. */
    void listen(SoundListener next) {
        listeners.add(next);
        openOrClose();
    }

    /** That one hears nothing more. */
    void stopListening(SoundListener who) {
        listeners.remove(who);
        openOrClose();
    }

    /** Has somebody listen for keys beside the listener, or nobody. */
    void listenForKeys(Optional<SoundListener> next) {
        keyEar = next;
        openOrClose();
    }

    /** Has another session hear everything too, in place of any before it. */
    void lend(LentSound to) {
        lent = Optional.of(to);
    }

    /** That one hears nothing more. */
    void takeBack(LentSound from) {
        if (lent.isPresent() && lent.get().equals(from)) lent = Optional.empty();
    }

    private void openOrClose() {
        boolean wanted = !listeners.isEmpty() || keyEar.isPresent();
        if (wanted && open.isEmpty()) {
            concealedBefore += unheardMillis();
            open = Optional.of(new Open());
        } else if (!wanted && open.isPresent()) {
            concealedBefore += open.get().playout.concealedMillis();
            lostBefore = receiver.lost();
            open = Optional.empty();
        }
    }

    /** Whether anybody hears. */
    boolean isOpen() {
        return open.isPresent() || lent.isPresent();
    }

    /** A packet of sound is as long as this, whether or not anybody hears it. */
    void expect(int samples) {
        packetSamples = samples;
    }

    /** Takes sound, codes of a codec without state. */
    void putSound(
            AudioCodec codec,
            int number,
            int timestamp,
            Verdict verdict,
            ByteBuffer sound,
            int offset,
            int length,
            long nowNanos) {
        if (open.isPresent())
            open.get().playout.put(codec, number, timestamp, verdict, sound, offset, length, nowNanos);
        if (lent.isPresent()) lent.get().putSound(codec, number, timestamp, verdict, sound, offset, length, nowNanos);
    }

    void putKey(RtpPacket packet, Verdict verdict) {
        if (open.isPresent()) open.get().playout.putEvent(packet.sequenceNumber(), verdict);
        if (lent.isPresent()) lent.get().putKey(packet.sequenceNumber(), verdict);
    }

    void putNoise(RtpPacket packet, Verdict verdict, ByteBuffer datagram) {
        if (open.isEmpty() && lent.isEmpty()) return;
        // The level is the packet's first byte (RFC 3389 section 3); without one the noise is too faint to hear.
        int level = packet.payloadLength() == 0 ? ComfortNoise.QUIETEST : datagram.get(packet.payloadOffset()) & 0x7F;
        if (open.isPresent()) open.get().playout.putNoise(packet.sequenceNumber(), verdict, level);
        if (lent.isPresent()) lent.get().putNoise(packet.sequenceNumber(), verdict, level);
    }

    void tick(int frameSamples, long nowNanos) {
        if (open.isEmpty()) return;
        Open ears = open.get();
        ears.playout.take(ears.frame, frameSamples, nowNanos);
        // Ours first: what a listener leaves in the samples is no key.
        if (keyEar.isPresent()) keyEar.get().hear(ears.frame, frameSamples, nowNanos);
        if (!listeners.hear(ears.frame, frameSamples, nowNanos)) openOrClose();
    }

    /** Sound that did not come in time: while nobody listens, what was lost. */
    long concealedMillis() {
        return concealedBefore + (open.isPresent() ? open.get().playout.concealedMillis() : unheardMillis());
    }

    private long unheardMillis() {
        return Math.max(0, receiver.lost() - lostBefore) * packetSamples / SAMPLES_PER_MILLI;
    }
}

package dev.outdial.media;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.codec.ComfortNoise;
import dev.outdial.media.jitter.Playout;
import dev.outdial.media.rtp.RtpPacket;
import dev.outdial.media.rtp.RtpReceiver;
import dev.outdial.media.rtp.RtpReceiver.Verdict;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has received sound heard by whom it concerns. While nobody listens nothing is decoded or kept. <b>Threading:</b> one owner,
 * the media loop.
 */
final class Ears {
    private static final Logger LOG = LoggerFactory.getLogger(Ears.class);
    private static final int LONGEST_FRAME_MILLIS = 40;
    private static final int SAMPLES_PER_MILLI = 8;

    /** What it takes to hear. */
    private static final class Open {
        private final Playout playout = new Playout();
        private final short[] frame = new short[AudioCodec.samplesIn(LONGEST_FRAME_MILLIS)];
    }

    private final RtpReceiver receiver;
    private final List<SoundListener> listeners = new ArrayList<>();
    private Optional<SoundListener> keyEar = Optional.empty();
    private Optional<Open> open = Optional.empty();
    private int packetSamples;
    private long concealedBefore;
    private long lostBefore;

    Ears(RtpReceiver receiver) {
        this.receiver = receiver;
    }

    /** Has the listener hear everything too; who listens already does so once. */
    void listen(SoundListener next) {
        if (!listeners.contains(next)) listeners.add(next);
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
        return open.isPresent();
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
    }

    void putKey(RtpPacket packet, Verdict verdict) {
        if (open.isPresent()) open.get().playout.putEvent(packet.sequenceNumber(), verdict);
    }

    void putNoise(RtpPacket packet, Verdict verdict, ByteBuffer datagram) {
        if (open.isEmpty()) return;
        // The level is the packet's first byte (RFC 3389 section 3); without one the noise is too faint to hear.
        int level = packet.payloadLength() == 0 ? ComfortNoise.QUIETEST : datagram.get(packet.payloadOffset()) & 0x7F;
        open.get().playout.putNoise(packet.sequenceNumber(), verdict, level);
    }

    void tick(int frameSamples, long nowNanos) {
        if (open.isEmpty()) return;
        Open ears = open.get();
        ears.playout.take(ears.frame, frameSamples, nowNanos);
        // Ours first: what a listener leaves in the samples is no key.
        if (keyEar.isPresent()) keyEar.get().hear(ears.frame, frameSamples, nowNanos);
        // By index: one that failed is taken out on the way, and nothing is made for each packet.
        for (int i = 0; i < listeners.size(); ) {
            SoundListener who = listeners.get(i);
            tell(who, ears, frameSamples, nowNanos);
            if (i < listeners.size() && listeners.get(i) == who) i++;
        }
    }

    private void tell(SoundListener who, Open ears, int frameSamples, long nowNanos) {
        try {
            who.hear(ears.frame, frameSamples, nowNanos);
        } catch (Throwable e) {
            // Somebody else's code, once in a packet time: it is not asked again, and the call goes on.
            LOG.error("a sound listener failed and hears nothing more", e);
            stopListening(who);
        }
    }

    /** Sound that did not come in time: while nobody listens, what was lost. */
    long concealedMillis() {
        return concealedBefore + (open.isPresent() ? open.get().playout.concealedMillis() : unheardMillis());
    }

    private long unheardMillis() {
        return Math.max(0, receiver.lost() - lostBefore) * packetSamples / SAMPLES_PER_MILLI;
    }
}

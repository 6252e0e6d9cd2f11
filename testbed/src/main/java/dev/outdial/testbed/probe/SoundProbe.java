package dev.outdial.testbed.probe;

import dev.outdial.testbed.rtp.G711;
import dev.outdial.testbed.rtp.RtpPacket;
import java.util.Arrays;

/**
 * Keeps the sound of a G.711 stream as a listener with a perfect jitter buffer would hear it: each packet at the place of its timestamp, silence where
 * none came. <b>Threading:</b> one owner.
 */
public final class SoundProbe {
    private static final int LARGEST_JUMP_SAMPLES = 60 * 8000;

    private final int mostSamples;
    private short[] pcm = new short[8000];
    private int length;
    private long ssrc = -1;
    private long lastTimestamp;
    private long lastPlace;

    /** A probe that keeps that many seconds and ignores the rest. */
    public SoundProbe(int mostSeconds) {
        mostSamples = mostSeconds * 8000;
    }

    /** Takes any packet; those that are not PCMU or PCMA by their static payload types are left out. */
    public void hear(RtpPacket packet) {
        G711.ofPayloadType(packet.payloadType()).ifPresent(law -> put(packet, law.decode(packet.payload())));
    }

    private void put(RtpPacket packet, short[] frame) {
        long step = (int) (packet.timestamp() - lastTimestamp);
        // Another source, or a clock that jumped, goes on where the sound ends.
        boolean continues = packet.ssrc() == ssrc && Math.abs(step) < LARGEST_JUMP_SAMPLES;
        long place = continues ? lastPlace + step : length;
        ssrc = packet.ssrc();
        lastTimestamp = packet.timestamp();
        lastPlace = place;
        long end = place + frame.length;
        if (place < 0 || end > mostSamples) return;
        if (end > pcm.length) pcm = Arrays.copyOf(pcm, (int) Math.min(mostSamples, Math.max(end, 2L * pcm.length)));
        System.arraycopy(frame, 0, pcm, (int) place, frame.length);
        length = Math.max(length, (int) end);
    }

    /** The sound so far, 8 kHz. */
    public short[] pcm() {
        return Arrays.copyOf(pcm, length);
    }
}

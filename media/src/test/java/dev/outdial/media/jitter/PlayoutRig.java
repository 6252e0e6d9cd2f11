package dev.outdial.media.jitter;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.rtp.RtpPacket;
import dev.outdial.media.rtp.RtpReceiver;
import dev.outdial.testbed.link.ImpairedLink;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A far end that speaks over a link, and our end that plays it, in simulated time. Samples travel as they are (L16). */
final class PlayoutRig {
    /** The far end's sound by sample number. */
    interface Sound {
        double at(long sample);
    }

    static final int NOISE_TYPE = 13;
    static final int EVENT_TYPE = 101;
    private static final int SOUND_TYPE = 96;
    private static final long MILLIS = 1_000_000;

    final Playout playout = new Playout();
    final RtpReceiver receiver = new RtpReceiver();
    private final RtpPacket view = new RtpPacket();
    private final ImpairedLink<byte[]> link;
    private final Sound sound;
    private int packetMillis = 20;
    private int frameMillis = 20;
    private double clockPpm;
    private short[] played = new short[1 << 16];
    private int playedCount;
    private long nowNanos;
    private double nextPacketNanos;

    int ssrc = 1;
    int sequence = 65_500;
    int timestamp = -20_000;
    long sample;

    PlayoutRig(ImpairedLink<byte[]> link, Sound sound) {
        this.link = link;
        this.sound = sound;
    }

    PlayoutRig packets(int millis) {
        packetMillis = millis;
        return this;
    }

    PlayoutRig frames(int millis) {
        frameMillis = millis;
        return this;
    }

    /** The far end's clock is that much slower than ours. */
    PlayoutRig slowerBy(double ppm) {
        clockPpm = ppm;
        return this;
    }

    PlayoutRig speakFor(int millis) {
        return runFor(millis, true);
    }

    /** The far end sends nothing, and its clock goes on. */
    PlayoutRig pauseFor(int millis) {
        return runFor(millis, false);
    }

    private PlayoutRig runFor(int millis, boolean speaking) {
        long end = nowNanos + millis * MILLIS;
        for (; nowNanos < end; nowNanos += frameMillis * MILLIS) {
            for (; nextPacketNanos <= nowNanos; nextPacketNanos += packetMillis * MILLIS * (1 + clockPpm / 1e6)) {
                if (speaking) sendSound((long) nextPacketNanos);
                else skipPacket();
            }
            for (byte[] arrived : link.take(nowNanos)) arrive(arrived);
            play();
        }
        return this;
    }

    /** Our loop stands still: packets wait in the socket. */
    PlayoutRig standStillFor(int millis) {
        nowNanos += millis * MILLIS;
        return this;
    }

    private void sendSound(long atNanos) {
        int count = packetMillis * 8;
        var packet = ByteBuffer.allocate(12 + 2 * count);
        header(packet, SOUND_TYPE);
        for (int i = 0; i < count; i++) packet.putShort((short) Math.round(sound.at(sample + i)));
        link.send(packet.array(), atNanos);
        skipPacket();
    }

    void skipPacket() {
        timestamp += packetMillis * 8;
        sample += packetMillis * 8L;
    }

    /** A packet of another type, now. */
    void send(int type, int... payload) {
        var packet = ByteBuffer.allocate(12 + payload.length);
        header(packet, type);
        for (int value : payload) packet.put((byte) value);
        link.send(packet.array(), nowNanos);
    }

    private void header(ByteBuffer packet, int type) {
        packet.put((byte) 0x80).put((byte) type).putShort((short) sequence++);
        packet.putInt(timestamp).putInt(ssrc);
    }

    private void arrive(byte[] datagram) {
        var packet = ByteBuffer.wrap(datagram);
        if (!view.parse(packet)) throw new AssertionError("no RTP");
        var verdict = receiver.put(view, view.payloadType() == SOUND_TYPE, nowNanos);
        if (!verdict.isUsable()) return;
        switch (view.payloadType()) {
            case NOISE_TYPE -> playout.putNoise(view.sequenceNumber(), verdict, datagram[12]);
            case EVENT_TYPE -> playout.putEvent(view.sequenceNumber(), verdict);
            default ->
                playout.put(
                        AudioCodec.L16,
                        view.sequenceNumber(),
                        view.timestamp(),
                        verdict,
                        packet,
                        view.payloadOffset(),
                        view.payloadLength(),
                        nowNanos);
        }
    }

    private void play() {
        int count = frameMillis * 8;
        if (playedCount + count > played.length) played = Arrays.copyOf(played, 2 * played.length);
        var frame = new short[count];
        playout.take(frame, count, nowNanos);
        System.arraycopy(frame, 0, played, playedCount, count);
        playedCount += count;
    }

    int delayMillis() {
        return playout.delayMillis(nowNanos);
    }

    long nowMillis() {
        return nowNanos / MILLIS;
    }

    /** What was played from one millisecond to another. */
    short[] played(long fromMillis, long toMillis) {
        return Arrays.copyOfRange(played, (int) (fromMillis * 8), (int) Math.min(playedCount, toMillis * 8));
    }

    short[] played() {
        return Arrays.copyOf(played, playedCount);
    }
}

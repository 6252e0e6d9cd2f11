package dev.outdial.media;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.codec.SoundDecoder;
import dev.outdial.media.rtp.RtpPacket;
import dev.outdial.media.rtp.RtpReceiver.Verdict;
import dev.outdial.media.rtp.SequenceUnwrapper;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Brings received payloads to what ears and recorder take: codes without state, timestamps of 8,000 units a second. A codec that
 * has state is decoded here, once, in the order of arrival: a packet that comes after a later one is left to be made up, and
 * one that is lost is recovered from the next where the codec can do that. <b>Threading:</b> one owner, the media loop.
 */
final class SoundIntake {
    /** Takes sound, codes of a codec without state. */
    interface Sink {
        void put(
                AudioCodec codec,
                int sequenceNumber,
                int timestamp,
                Verdict verdict,
                ByteBuffer sound,
                int offset,
                int length,
                long nowNanos);
    }

    /** So many packets lost in a row, and the one before the next may still be told of by it. */
    private static final int MOST_LOST = 5;

    /** What it takes to decode. */
    private static final class Decoding {
        private final AudioCodec codec;
        private final SoundDecoder decoder;
        private final short[] samples = new short[SoundDecoder.MAX_SAMPLES];
        /** The same as codes that can be cut anywhere. */
        private final ByteBuffer sound = ByteBuffer.allocate(AudioCodec.L16.bytesFor(SoundDecoder.MAX_SAMPLES));

        private Decoding(AudioCodec codec) {
            this.codec = codec;
            this.decoder = codec.newDecoder();
        }
    }

    private final Sink sink;
    private final SequenceUnwrapper timestamps = SequenceUnwrapper.ofTimestamps();
    private Optional<Decoding> decoding = Optional.empty();
    private int clockRate;
    /** Whether the last packet was sound, and of what number and time. */
    private boolean goesOn;

    private int lastNumber;
    private int lastTimestamp;

    SoundIntake(Sink sink) {
        this.sink = sink;
    }

    /**
     * Takes a sound packet that {@link Verdict#isUsable}.
     *
     * @param wanted whether anybody hears it: else it is not decoded
     * @return false where its payload is damaged
     */
    boolean put(
            AudioCodec codec, RtpPacket packet, Verdict verdict, ByteBuffer datagram, boolean wanted, long nowNanos) {
        // One that was overtaken by another codec is too late.
        if (verdict == Verdict.LATE && clockRate != 0 && codec.clockRate() != clockRate) return true;
        Verdict place = codec.clockRate() == clockRate ? verdict : Verdict.RESTARTED;
        clockRate = codec.clockRate();
        int timestamp = timestamp(packet.timestamp(), place);
        if (codec.hasState()) return !wanted ? dropped() : decode(codec, packet, timestamp, place, datagram, nowNanos);
        decoding = Optional.empty();
        sink.put(
                codec,
                packet.sequenceNumber(),
                timestamp,
                place,
                datagram,
                packet.payloadOffset(),
                packet.payloadLength(),
                nowNanos);
        return true;
    }

    /** A packet came that is no sound: what it took of time and numbers is not lost. */
    void interrupt() {
        goesOn = false;
    }

    private boolean dropped() {
        decoding = Optional.empty();
        goesOn = false;
        return true;
    }

    /** In units of 1/8000 s, and wrapping as such. */
    private int timestamp(int packetTimestamp, Verdict verdict) {
        if (clockRate == AudioCodec.CLOCK_RATE) return packetTimestamp;
        if (verdict == Verdict.RESTARTED) timestamps.restart(packetTimestamp);
        return (int) Math.floorDiv(timestamps.unwrap(packetTimestamp), clockRate / AudioCodec.CLOCK_RATE);
    }

    private boolean decode(
            AudioCodec codec, RtpPacket packet, int timestamp, Verdict verdict, ByteBuffer datagram, long nowNanos) {
        int samples = codec.samplesIn(datagram, packet.payloadOffset(), packet.payloadLength());
        if (samples == 0 || samples > SoundDecoder.MAX_SAMPLES) return false;
        // Its place in the order is gone.
        if (verdict == Verdict.LATE) return true;
        Decoding open = open(codec, verdict);
        if (verdict == Verdict.NEW) recover(open, packet, timestamp, samples, datagram, nowNanos);
        int decoded = open.decoder.decode(datagram, packet.payloadOffset(), packet.payloadLength(), open.samples);
        give(open, packet.sequenceNumber(), timestamp, verdict, decoded, nowNanos);
        goesOn = true;
        lastNumber = packet.sequenceNumber();
        lastTimestamp = timestamp;
        return decoded > 0;
    }

    private Decoding open(AudioCodec codec, Verdict verdict) {
        if (decoding.isEmpty() || decoding.get().codec != codec) {
            decoding = Optional.of(new Decoding(codec));
            goesOn = false;
        } else if (verdict == Verdict.RESTARTED) {
            decoding.get().decoder.reset();
            goesOn = false;
        }
        return decoding.get();
    }

    /** Where packets are missing, by number and as long a time: this one may tell of the last of them. */
    private void recover(
            Decoding open, RtpPacket packet, int timestamp, int samples, ByteBuffer datagram, long nowNanos) {
        int lost = (packet.sequenceNumber() - lastNumber & 0xFFFF) - 1;
        if (!goesOn || lost < 1 || lost > MOST_LOST || timestamp - lastTimestamp != (lost + 1) * samples) return;
        int decoded = open.decoder.recover(datagram, packet.payloadOffset(), packet.payloadLength(), open.samples);
        int number = packet.sequenceNumber() - 1 & 0xFFFF;
        give(open, number, timestamp - samples, Verdict.LATE, decoded, nowNanos);
    }

    private void give(Decoding open, int number, int timestamp, Verdict verdict, int count, long nowNanos) {
        if (count == 0) return;
        AudioCodec.L16.encode(open.samples, 0, count, open.sound.clear());
        sink.put(AudioCodec.L16, number, timestamp, verdict, open.sound, 0, open.sound.position(), nowNanos);
    }
}

package dev.outdial.media.file;

import java.io.IOException;
import java.util.Optional;

/** Ogg with Vorbis or Opus; streams that follow one another in a chain are one sound, if their sample rate is the same. */
final class OggSource implements PcmSource {
    private static final int MAX_HELD_SAMPLES = 1 << 20;

    private final AudioInput input;
    private final OggPackets packets;
    private final SampleQueue queue = new SampleQueue();
    private final String format;
    private final int sampleRate;
    private final int channels;
    private OggStream stream;
    private boolean ended;

    private OggSource(AudioInput input, OggPackets packets, OggStream stream) {
        this.input = input;
        this.packets = packets;
        this.stream = stream;
        this.format = stream.format();
        this.sampleRate = stream.sampleRate();
        this.channels = stream.channels();
    }

    static OggSource open(AudioInput input) throws IOException {
        var packets = new OggPackets(input);
        OggPackets.Packet first = packets.next().orElseThrow(() -> input.refusal("no packet in this Ogg file"));
        return new OggSource(input, packets, begin(input, packets, first));
    }

    private static OggStream begin(AudioInput input, OggPackets packets, OggPackets.Packet first) throws IOException {
        return first.text(8).equals("OpusHead")
                ? OpusStream.open(input, packets, first)
                : VorbisStream.open(input, packets, first);
    }

    @Override
    public String format() {
        return format;
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public int read(float[] target, int offset, int count) throws IOException {
        while (queue.size() == 0 || (!ended && stream.holds() && queue.size() < MAX_HELD_SAMPLES)) {
            if (ended) return -1;
            decodePacket();
        }
        return queue.take(target, offset, count);
    }

    private void decodePacket() throws IOException {
        Optional<OggPackets.Packet> packet = packets.next();
        if (packet.isEmpty()) {
            ended = true;
        } else if (packet.get().startsStream()) {
            stream = begin(input, packets, packet.get());
            if (stream.sampleRate() != sampleRate)
                throw input.refusal(
                        "a stream of " + stream.sampleRate() + " Hz, expected " + sampleRate
                                + " Hz like the one before it",
                        packet.get().pageOffset());
        } else {
            stream.take(packet.get(), queue);
        }
    }

    @Override
    public void close() {
        // The input belongs to who opened it.
    }
}

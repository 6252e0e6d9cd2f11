package dev.outdial.media.file;

import io.github.jaredmdobson.concentus.OpusException;
import io.github.jaredmdobson.concentus.OpusMSDecoder;
import io.github.jaredmdobson.concentus.OpusPacketInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Ogg Opus (RFC 7845), decoded by concentus at 48 kHz, without the pre-skip before the sound and what the last granule position cuts
 * off.
 */
final class OpusStream implements OggStream {
    private static final int SAMPLE_RATE = 48_000;
    private static final int MAX_CHANNELS = 8;
    /** RFC 6716 section 3.4: 120 ms. */
    private static final int MAX_PACKET_SAMPLES = 5760;

    private final AudioInput input;
    private final int channels;
    private final float scale;
    private final OpusMSDecoder decoder;
    private final short[] pcm;
    private int skipSamples;
    private long decodedSamples;
    private long granuleOfFirstSample = -1;

    private OpusStream(AudioInput input, int channels, int preSkip, double gainDb, OpusMSDecoder decoder) {
        this.input = input;
        this.channels = channels;
        this.skipSamples = preSkip;
        this.scale = (float) (Math.pow(10, gainDb / 20) / 32768 / channels);
        this.decoder = decoder;
        this.pcm = new short[MAX_PACKET_SAMPLES * channels];
    }

    static OpusStream open(AudioInput input, OggPackets packets, OggPackets.Packet first) throws IOException {
        long at = first.pageOffset();
        ByteBuffer head = ByteBuffer.wrap(first.data()).order(ByteOrder.LITTLE_ENDIAN);
        if (head.remaining() < 19 || (head.get(8) & 0xF0) != 0)
            throw input.refusal("Opus header of a version that is not known", at);
        int channels = head.get(9) & 0xFF;
        int family = head.get(18) & 0xFF;
        if (family > 1) throw input.refusal("Opus with channel mapping family " + family + ", expected 0 or 1", at);
        if (channels < 1 || channels > (family == 0 ? 2 : MAX_CHANNELS))
            throw input.refusal(channels + " channels, expected 1 to " + (family == 0 ? 2 : MAX_CHANNELS), at);
        OpusMSDecoder decoder = decoder(input, at, channels, family, head);
        OggPackets.Packet tags =
                packets.next().orElseThrow(() -> input.refusal("ends before its second Opus header", input.length()));
        if (tags.startsStream() || !tags.text(8).equals("OpusTags"))
            throw input.refusal("damaged Opus header", tags.pageOffset());
        return new OpusStream(input, channels, head.getShort(10) & 0xFFFF, head.getShort(16) / 256.0, decoder);
    }

    private static OpusMSDecoder decoder(AudioInput input, long at, int channels, int family, ByteBuffer head)
            throws AudioFormatException {
        int streams = 1;
        int coupled = channels - 1;
        short[] mapping = {0, 1};
        if (family == 1) {
            if (head.remaining() < 21 + channels) throw input.refusal("damaged Opus header", at);
            streams = head.get(19) & 0xFF;
            coupled = head.get(20) & 0xFF;
            mapping = new short[channels];
            for (int c = 0; c < channels; c++) mapping[c] = (short) (head.get(21 + c) & 0xFF);
            boolean possible = streams >= 1 && coupled <= streams && streams + coupled <= channels;
            for (short m : mapping) possible &= m == 255 || m < streams + coupled;
            if (!possible) throw input.refusal("damaged Opus header", at);
        }
        try {
            return OpusMSDecoder.create(
                    SAMPLE_RATE, channels, streams, coupled, java.util.Arrays.copyOf(mapping, channels));
        } catch (OpusException e) {
            throw new AudioFormatException(input.name(), "Opus header that the decoder cannot use", at, e);
        }
    }

    @Override
    public String format() {
        return "Ogg Opus";
    }

    @Override
    public int sampleRate() {
        return SAMPLE_RATE;
    }

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public boolean holds() {
        return false;
    }

    @Override
    public void take(OggPackets.Packet packet, SampleQueue queue) throws IOException {
        int count = decode(packet);
        queue.reserve(count);
        for (int i = 0; i < count; i++) {
            int sum = 0;
            for (int c = 0; c < channels; c++) sum += pcm[i * channels + c];
            queue.add(sum * scale);
        }
        decodedSamples += count;
        int skip = Math.min(skipSamples, count);
        queue.dropBefore(count, skip);
        skipSamples -= skip;
        trim(packet, queue, count - skip);
    }

    private int decode(OggPackets.Packet packet) throws AudioFormatException {
        byte[] data = packet.data();
        try {
            int announced = data.length == 0 ? 0 : OpusPacketInfo.getNumSamples(data, 0, data.length, SAMPLE_RATE);
            if (announced < 1 || announced > MAX_PACKET_SAMPLES)
                throw input.refusal("Opus packet of an impossible length in the page", packet.pageOffset());
            int count = decoder.decodeMultistream(data, 0, data.length, pcm, 0, MAX_PACKET_SAMPLES, 0);
            if (count != announced) throw input.refusal("damaged Opus packet in the page", packet.pageOffset());
            return count;
        } catch (RuntimeException | AssertionError e) {
            throw new AudioFormatException(
                    input.name(), "Opus packet that cannot be decoded in the page", packet.pageOffset(), e);
        }
    }

    private void trim(OggPackets.Packet packet, SampleQueue queue, int queued) {
        if (granuleOfFirstSample < 0) {
            // A stream that was cut out of a longer one does not begin at granule 0; the last page may only shorten it.
            if (packet.finalGranule() >= 0) granuleOfFirstSample = 0;
            else if (packet.granulePosition() >= 0)
                granuleOfFirstSample = Math.max(0, packet.granulePosition() - decodedSamples);
        }
        if (packet.finalGranule() < 0) return;
        long excess = decodedSamples - (packet.finalGranule() - granuleOfFirstSample);
        if (excess > 0) queue.dropLast((int) Math.min(excess, queued));
    }
}

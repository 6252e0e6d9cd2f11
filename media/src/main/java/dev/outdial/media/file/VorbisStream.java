package dev.outdial.media.file;

import com.jcraft.jogg.Packet;
import com.jcraft.jorbis.Block;
import com.jcraft.jorbis.Comment;
import com.jcraft.jorbis.DspState;
import com.jcraft.jorbis.Info;
import java.io.IOException;

/** Vorbis, decoded by jorbis; as long as the granule positions of its first and last page say, to the sample. */
final class VorbisStream implements OggStream {
    /** Stands in for the file's comments, which nobody needs and the decoder would allocate by announced length. */
    private static final byte[] NO_COMMENTS = {3, 'v', 'o', 'r', 'b', 'i', 's', 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private static final int MAX_CHANNELS = 8;
    private static final int IDENTIFICATION_BYTES = 30;
    private static final long UNKNOWN = -1;

    private final AudioInput input;
    private final Info info;
    private final DspState synthesis = new DspState();
    private final Block block;
    private final float[][][] pcm = new float[1][][];
    private final int[] indexes;
    private long decodedSamples;
    private long granuleOfFirstSample = UNKNOWN;

    private VorbisStream(AudioInput input, Info info) {
        this.input = input;
        this.info = info;
        synthesis.synthesis_init(info);
        this.block = new Block(synthesis);
        this.indexes = new int[info.channels];
    }

    static VorbisStream open(AudioInput input, OggPackets packets, OggPackets.Packet first) throws IOException {
        Info info = new Info();
        info.init();
        Comment comment = new Comment();
        comment.init();
        checkIdentification(input, first);
        read(input, info, comment, first, first.data());
        OggPackets.Packet comments = header(input, packets);
        check(input, comments, 3);
        read(input, info, comment, comments, NO_COMMENTS);
        OggPackets.Packet setup = header(input, packets);
        check(input, setup, 5);
        if (!VorbisSetup.isSane(setup.data())) throw input.refusal("damaged Vorbis header", setup.pageOffset());
        read(input, info, comment, setup, setup.data());
        return new VorbisStream(input, info);
    }

    private static OggPackets.Packet header(AudioInput input, OggPackets packets) throws IOException {
        OggPackets.Packet packet =
                packets.next().orElseThrow(() -> input.refusal("ends before its third Vorbis header", input.length()));
        if (packet.startsStream()) throw input.refusal("a stream without its headers", packet.pageOffset());
        return packet;
    }

    private static void check(AudioInput input, OggPackets.Packet packet, int type) throws AudioFormatException {
        if (packet.data().length < 8 || !packet.text(7).equals((char) type + "vorbis"))
            throw input.refusal("damaged Vorbis header", packet.pageOffset());
    }

    /** Before the decoder makes anything of these sizes. */
    private static void checkIdentification(AudioInput input, OggPackets.Packet packet) throws AudioFormatException {
        byte[] data = packet.data();
        check(input, packet, 1);
        if (data.length < IDENTIFICATION_BYTES) throw input.refusal("damaged Vorbis header", packet.pageOffset());
        int channels = data[11] & 0xFF;
        if (channels < 1 || channels > MAX_CHANNELS)
            throw input.refusal(channels + " channels, expected 1 to " + MAX_CHANNELS, packet.pageOffset());
        // jorbis reads the pairing of channels with a bit too few where their number is no power of two.
        if (Integer.bitCount(channels) > 1)
            throw input.refusal("Vorbis of " + channels + " channels, expected 1, 2, 4 or 8", packet.pageOffset());
        // Vorbis I section 4.2.2: blocks of 64 to 8192, the short one not longer than the long one.
        int shortBits = data[28] & 15;
        int longBits = data[28] >> 4 & 15;
        if (shortBits < 6 || longBits > 13 || shortBits > longBits)
            throw input.refusal("Vorbis blocks of a length that does not exist", packet.pageOffset());
    }

    private static void read(AudioInput input, Info info, Comment comment, OggPackets.Packet packet, byte[] data)
            throws AudioFormatException {
        if (info.synthesis_headerin(comment, jorbisPacket(data, packet.startsStream())) < 0 || info.rate <= 0)
            throw input.refusal("Vorbis header that the decoder cannot use", packet.pageOffset());
    }

    private static Packet jorbisPacket(byte[] data, boolean first) {
        Packet packet = new Packet();
        packet.packet_base = data;
        packet.bytes = data.length;
        packet.b_o_s = first ? 1 : 0;
        packet.granulepos = -1;
        return packet;
    }

    @Override
    public String format() {
        return "Ogg Vorbis";
    }

    @Override
    public int sampleRate() {
        return info.rate;
    }

    @Override
    public int channels() {
        return info.channels;
    }

    @Override
    public boolean holds() {
        return granuleOfFirstSample == UNKNOWN;
    }

    @Override
    public void take(OggPackets.Packet packet, SampleQueue queue) throws IOException {
        try {
            // Packets that do not decode are passed over, as the specification has it: their page was whole.
            if (block.synthesis(jorbisPacket(packet.data(), false)) == 0) synthesis.synthesis_blockin(block);
            int n;
            while ((n = synthesis.synthesis_pcmout(pcm, indexes)) > 0) {
                mixInto(queue, n);
                synthesis.synthesis_read(n);
            }
        } catch (RuntimeException e) {
            throw new AudioFormatException(
                    input.name(), "Vorbis packet that cannot be decoded in the page", packet.pageOffset(), e);
        }
        trim(packet, queue);
    }

    private void mixInto(SampleQueue queue, int count) {
        queue.reserve(count);
        float scale = 1f / info.channels;
        for (int i = 0; i < count; i++) {
            float sum = 0;
            for (int c = 0; c < info.channels; c++) sum += pcm[0][c][indexes[c] + i];
            queue.add(sum * scale);
        }
        decodedSamples += count;
    }

    /**
     * Blocks are longer than the sound. The first page whose granule position counts fewer samples than were decoded tells how
     * many to leave out at the start; the last one's, at the end.
     */
    private void trim(OggPackets.Packet packet, SampleQueue queue) {
        if (granuleOfFirstSample == UNKNOWN) {
            if (packet.finalGranule() >= 0) granuleOfFirstSample = 0;
            else if (packet.granulePosition() >= 0) start(packet.granulePosition(), queue);
        }
        if (packet.finalGranule() < 0) return;
        long excess = decodedSamples - (packet.finalGranule() - granuleOfFirstSample);
        if (excess <= 0) return;
        int before = queue.size();
        queue.dropLast((int) Math.min(excess, decodedSamples));
        decodedSamples -= before - queue.size();
    }

    private void start(long granule, SampleQueue queue) {
        long excess = decodedSamples - granule;
        // A stream that was cut out of a longer one does not begin at granule 0.
        granuleOfFirstSample = Math.max(0, -excess);
        if (excess <= 0) return;
        int skipped = (int) Math.min(excess, Math.min(decodedSamples, queue.size()));
        queue.dropBefore(decodedSamples, skipped);
        decodedSamples -= skipped;
    }
}

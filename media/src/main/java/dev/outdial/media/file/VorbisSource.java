package dev.outdial.media.file;

import com.jcraft.jogg.Packet;
import com.jcraft.jorbis.Block;
import com.jcraft.jorbis.Comment;
import com.jcraft.jorbis.DspState;
import com.jcraft.jorbis.Info;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Ogg Vorbis, decoded by jorbis; as long as the last page's granule position says, to the sample. */
final class VorbisSource implements PcmSource {
    /** Stands in for the file's comments, which nobody needs and the decoder would allocate by announced length. */
    private static final byte[] NO_COMMENTS = {3, 'v', 'o', 'r', 'b', 'i', 's', 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private static final int MAX_CHANNELS = 8;

    private final Path file;
    private final InputStream in;
    private final OggPackets packets;
    private final Info info;
    private final DspState synthesis = new DspState();
    private final Block block;
    private final SampleQueue queue = new SampleQueue();
    private final float[][][] pcm = new float[1][][];
    private final int[] indexes;
    private long decodedSamples;
    private long granuleOfFirstSample = -1;
    private boolean ended;

    private VorbisSource(Path file, InputStream in, OggPackets packets, Info info) {
        this.file = file;
        this.in = in;
        this.packets = packets;
        this.info = info;
        synthesis.synthesis_init(info);
        this.block = new Block(synthesis);
        this.indexes = new int[info.channels];
    }

    static VorbisSource open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 65536);
        try {
            OggPackets packets = new OggPackets(file, new OggPages(file, in));
            return new VorbisSource(file, in, packets, headers(file, packets));
        } catch (IOException e) {
            in.close();
            throw e;
        } catch (RuntimeException e) {
            in.close();
            throw new AudioFormatException(file, "Vorbis headers that cannot be used, expected", 0, e);
        }
    }

    private static Info headers(Path file, OggPackets packets) throws IOException {
        Info info = new Info();
        info.init();
        Comment comment = new Comment();
        comment.init();
        for (int i = 1; i <= 5; i += 2) {
            OggPackets.Packet packet = packets.next()
                    .orElseThrow(() -> new AudioFormatException(file, "ends before its third Vorbis header"));
            checkHeader(file, packet, i);
            byte[] data = i == 3 ? NO_COMMENTS : packet.data();
            if (info.synthesis_headerin(comment, jorbisPacket(data, i == 1)) < 0 || info.rate <= 0)
                throw new AudioFormatException(file, "Vorbis header that the decoder cannot use", packet.pageOffset());
            if (info.channels < 1 || info.channels > MAX_CHANNELS)
                throw new AudioFormatException(
                        file, info.channels + " channels, expected 1 to " + MAX_CHANNELS, packet.pageOffset());
        }
        return info;
    }

    private static void checkHeader(Path file, OggPackets.Packet packet, int type) throws AudioFormatException {
        byte[] data = packet.data();
        String name = new String(data, 0, Math.min(8, data.length), StandardCharsets.ISO_8859_1);
        if (type == 1 && !name.startsWith("\u0001vorbis"))
            throw new AudioFormatException(
                    file, (name.startsWith("Opus") ? "Opus" : "no Vorbis") + " in this Ogg file, expected Vorbis");
        if (data.length < 8
                || data[0] != type
                || !name.startsWith("vorbis", 1)
                || (type == 5 && !VorbisSetup.isSane(data)))
            throw new AudioFormatException(file, "damaged Vorbis header", packet.pageOffset());
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
    public int read(float[] target, int offset, int count) throws IOException {
        while (queue.size() == 0) {
            if (ended) return -1;
            Optional<OggPackets.Packet> packet = packets.next();
            if (packet.isPresent()) decode(packet.get());
            else end();
        }
        return queue.take(target, offset, count);
    }

    private void end() throws AudioFormatException {
        ended = true;
        if (decodedSamples == 0) throw new AudioFormatException(file, "no sound after the Vorbis headers");
    }

    private void decode(OggPackets.Packet packet) throws IOException {
        try {
            // Packets that do not decode are passed over, as the specification has it: their page was whole.
            if (block.synthesis(jorbisPacket(packet.data(), false)) == 0) synthesis.synthesis_blockin(block);
            int n;
            while ((n = synthesis.synthesis_pcmout(pcm, indexes)) > 0) {
                queueMono(n);
                synthesis.synthesis_read(n);
            }
        } catch (RuntimeException e) {
            throw new AudioFormatException(
                    file, "Vorbis packet that cannot be decoded in the page", packet.pageOffset(), e);
        }
        trim(packet);
    }

    private void queueMono(int count) {
        queue.reserve(count);
        float scale = 1f / info.channels;
        for (int i = 0; i < count; i++) {
            float sum = 0;
            for (int c = 0; c < info.channels; c++) sum += pcm[0][c][indexes[c] + i];
            queue.add(Math.clamp(sum * scale, -1f, 1f));
        }
        decodedSamples += count;
    }

    /** The last block is longer than the sound; the granule position of the last page says where it ends. */
    private void trim(OggPackets.Packet packet) {
        long granule = packet.granulePosition();
        if (granule < 0) return;
        // A stream that was cut out of a longer one does not begin at granule 0.
        if (granuleOfFirstSample < 0)
            granuleOfFirstSample = packet.endOfStream() ? 0 : Math.max(0, granule - decodedSamples);
        long excess = decodedSamples - (granule - granuleOfFirstSample);
        if (packet.endOfStream() && excess > 0) {
            queue.dropLast((int) Math.min(excess, Integer.MAX_VALUE));
            decodedSamples -= Math.min(excess, decodedSamples);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

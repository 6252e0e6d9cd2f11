package dev.outdial.media.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import javazoom.jl.decoder.Bitstream;
import javazoom.jl.decoder.BitstreamException;
import javazoom.jl.decoder.Decoder;
import javazoom.jl.decoder.DecoderException;
import javazoom.jl.decoder.Header;
import javazoom.jl.decoder.SampleBuffer;

/**
 * MP3, decoded by jlayer and trimmed to what was encoded:
 *
 * <pre>
 *   |&lt;- delay of the encoder -&gt;|&lt;- 529 of the decoder -&gt;|&lt;- sound -&gt;|&lt;- padding less 529 -&gt;|
 * </pre>
 */
final class Mp3Source implements PcmSource {
    private static final int DECODER_DELAY_SAMPLES = 529;
    /** What jlayer makes of 1. */
    private static final float FULL_SCALE = 32700;

    private final AudioInput input;
    private final MpegFrames frames;
    private final FrameFeed feed;
    private final MpegHeader format;
    private final long announcedFrames;
    private final int tailSamples;
    private final Bitstream bitstream;
    private final Decoder decoder = new Decoder();
    private final SampleQueue queue = new SampleQueue();
    private int skipSamples;
    private long frameCount;
    private boolean ended;

    private Mp3Source(AudioInput input, MpegFrames frames, MpegHeader format, FrameFeed feed, LameTag tag) {
        this.input = input;
        this.frames = frames;
        this.format = format;
        this.feed = feed;
        this.announcedFrames = tag.frameCount();
        this.skipSamples = tag.hasDelays() ? tag.delaySamples() + DECODER_DELAY_SAMPLES : 0;
        this.tailSamples = tag.hasDelays() ? Math.max(0, tag.paddingSamples() - DECODER_DELAY_SAMPLES) : 0;
        this.bitstream = new Bitstream(feed);
    }

    static Mp3Source open(AudioInput input) throws IOException {
        MpegFrames frames = new MpegFrames(input);
        MpegHeader format = frames.first();
        byte[] first = frames.next().orElseThrow(() -> input.refusal("ends within its first frame", frames.offset()));
        Optional<LameTag> tag = LameTag.of(format, first);
        FrameFeed feed = new FrameFeed(frames, tag.isPresent() ? new byte[0] : first);
        return new Mp3Source(input, frames, format, feed, tag.orElse(new LameTag(-1, -1, -1)));
    }

    @Override
    public String format() {
        return "MP3";
    }

    @Override
    public int sampleRate() {
        return format.sampleRate();
    }

    @Override
    public int channels() {
        return format.mono() ? 1 : 2;
    }

    @Override
    public int read(float[] target, int offset, int count) throws IOException {
        // The last samples are kept back until it is known whether they are the padding.
        while (queue.size() <= (ended ? 0 : tailSamples)) {
            if (ended) return -1;
            decodeFrame();
        }
        return queue.take(target, offset, Math.min(count, queue.size() - (ended ? 0 : tailSamples)));
    }

    private void decodeFrame() throws IOException {
        try {
            Header header = bitstream.readFrame();
            if (feed.failure != null) throw feed.failure;
            if (header == null) {
                end();
                return;
            }
            SampleBuffer decoded = (SampleBuffer) decoder.decodeFrame(header, bitstream);
            bitstream.closeFrame();
            frameCount++;
            queueMono(decoded);
        } catch (BitstreamException | DecoderException | RuntimeException e) {
            // jlayer answers damaged Huffman data with whatever it stumbles over.
            if (feed.failure != null) throw feed.failure;
            throw new AudioFormatException(
                    input.name(), "MP3 frame that cannot be decoded, before or", frames.offset(), e);
        }
    }

    private void end() throws IOException {
        ended = true;
        if (frameCount == 0) throw input.refusal("no whole frame of sound", frames.offset());
        // Where frames are missing, or more than announced, the end is not the one that was padded.
        if (announcedFrames < 0 || announcedFrames == frameCount) queue.dropLast(tailSamples);
    }

    private void queueMono(SampleBuffer decoded) {
        int channels = channels();
        int length = decoded.getBufferLength();
        short[] pcm = decoded.getBuffer();
        queue.reserve(format.samplesPerFrame());
        // A frame whose bit reservoir lies before the start of the file decodes to nothing, but it takes its time.
        if (length == 0) for (int i = 0; i < format.samplesPerFrame(); i++) queue.add(0);
        for (int i = 0; i + channels <= length; i += channels)
            queue.add(channels == 1 ? pcm[i] / FULL_SCALE : (pcm[i] + pcm[i + 1]) / (2 * FULL_SCALE));
        int skip = Math.min(skipSamples, queue.size());
        queue.dropBefore(queue.size(), skip);
        skipSamples -= skip;
    }

    @Override
    public void close() {
        // The input belongs to who opened it.
    }

    /** Gives jlayer the frames as one clean stream. */
    private static final class FrameFeed extends InputStream {
        private final MpegFrames frames;
        private byte[] frame;
        private int at;
        private @org.jspecify.annotations.Nullable IOException failure;

        FrameFeed(MpegFrames frames, byte[] first) {
            this.frames = frames;
            this.frame = first;
        }

        @Override
        public int read() throws IOException {
            return fill() ? frame[at++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
            if (count == 0) return 0;
            if (!fill()) return -1;
            int n = Math.min(count, frame.length - at);
            System.arraycopy(frame, at, target, offset, n);
            at += n;
            return n;
        }

        private boolean fill() throws IOException {
            if (at < frame.length) return true;
            try {
                frame = frames.next().orElse(new byte[0]);
            } catch (IOException e) {
                // jlayer would wrap it, or take it for the end.
                failure = e;
                throw e;
            }
            at = 0;
            return frame.length > 0;
        }
    }
}

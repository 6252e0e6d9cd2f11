package dev.outdial.media.fuzz;

import static dev.outdial.media.fuzz.Datagrams.require;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.codec.SilentFrames;
import dev.outdial.media.codec.SoundDecoder;
import dev.outdial.media.codec.SoundEncoder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Anything as payloads of a codec that has state: each is as long as it says, or nothing. */
public final class CodedSoundTarget {
    private static final int PACKET_BYTES = 60;

    private CodedSoundTarget() {}

    /** The first byte says which codec; the others come in packets of 60 bytes, each third packet after a loss. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) return;
        AudioCodec codec = (input[0] & 1) == 0 ? AudioCodec.OPUS : AudioCodec.G722;
        var decoder = codec.newDecoder();
        var samples = new short[SoundDecoder.MAX_SAMPLES];
        var payload = ByteBuffer.wrap(input);
        for (int at = 1, number = 0; at < input.length; at += PACKET_BYTES, number++) {
            int length = Math.min(PACKET_BYTES, input.length - at);
            int said = codec.samplesIn(payload, at, length);
            require(said >= 0 && said <= SoundDecoder.MAX_SAMPLES, "a length that fits");
            if (number % 3 == 2) {
                int made = decoder.recover(payload, at, length, samples);
                require(made == 0 || made == said, "as long as the packet");
            }
            int made = decoder.decode(payload, at, length, samples);
            require(made == 0 || made == said, "as long as it says");
        }
    }

    static List<byte[]> seeds() {
        return List.of(seed(AudioCodec.OPUS), seed(AudioCodec.G722));
    }

    private static byte[] seed(AudioCodec codec) {
        var input = ByteBuffer.allocate(1 + 6 * PACKET_BYTES);
        input.put((byte) (codec == AudioCodec.OPUS ? 0 : 1));
        var encoder = codec.newEncoder(AudioCodec.CLOCK_RATE);
        var tone = new short[80];
        var frame = new byte[SoundEncoder.MAX_BYTES];
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < tone.length; j++) tone[j] = (short) (8000 * Math.sin((i * tone.length + j) * 0.4));
            int length = Math.min(PACKET_BYTES, encoder.encode(tone, 0, tone.length, frame));
            input.put(Arrays.copyOf(Arrays.copyOf(frame, length), PACKET_BYTES));
        }
        byte[] silence = SilentFrames.of(codec, 10);
        input.put(silence, 0, Math.min(silence.length, PACKET_BYTES));
        return Arrays.copyOf(input.array(), input.position());
    }
}

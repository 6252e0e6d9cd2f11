package dev.outdial.media.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ServiceLoader;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.UnsupportedAudioFileException;
import javax.sound.sampled.spi.AudioFileReader;

/**
 * AIFF and AU, read by the reader that Java itself has for the one or the other. AudioSystem would ask every reader on the class path in
 * turn, and some take for theirs what is not.
 */
final class JavaSoundSource {
    private static final int MAX_CHANNELS = 8;
    private static final int MAX_EMPTY_READS = 100;

    private JavaSoundSource() {}

    static PcmSource aiff(AudioInput input) throws IOException {
        return open(input, "AIFF", "AiffFileReader");
    }

    static PcmSource au(AudioInput input) throws IOException {
        return open(input, "AU", "AuFileReader");
    }

    private static PcmSource open(AudioInput input, String title, String readerName) throws IOException {
        AudioInput.Reader bytes = input.from(0);
        try {
            AudioInputStream sound = reader(input, title, readerName).getAudioInputStream(bytes);
            AudioFormat format = sound.getFormat();
            SampleCoding coding = coding(input, title, format);
            int channels = format.getChannels();
            if (channels < 1 || channels > MAX_CHANNELS)
                throw input.refusal(channels + " channels, expected 1 to " + MAX_CHANNELS);
            if (format.getFrameSize() != channels * coding.byteLength())
                throw input.refusal(title + " with " + format.getFrameSize() + " bytes for " + channels + " samples");
            if (input.length() - bytes.offset() < format.getFrameSize())
                throw input.refusal("no sound in this " + title + " file", bytes.offset());
            return new SampleSource(
                    title + ", " + coding.title(),
                    Math.round(format.getSampleRate()),
                    channels,
                    coding,
                    format.isBigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
                    target -> read(sound, target));
        } catch (UnsupportedAudioFileException e) {
            throw new AudioFormatException(
                    input.name(),
                    title + " that is damaged or of a kind that Java does not read, expected PCM or G.711,",
                    bytes.offset(),
                    e);
        }
    }

    private static AudioFileReader reader(AudioInput input, String title, String name) throws AudioFormatException {
        return ServiceLoader.load(AudioFileReader.class).stream()
                .filter(provider -> provider.type().getModule() == AudioInputStream.class.getModule()
                        && provider.type().getSimpleName().equals(name))
                .findFirst()
                .map(ServiceLoader.Provider::get)
                .orElseThrow(() -> input.refusal(title + ", which this Java does not read"));
    }

    private static int read(AudioInputStream sound, ByteBuffer target) throws IOException {
        int n = 0;
        // It gives nothing out while it has less than a sample of every channel.
        for (int i = 0; i < MAX_EMPTY_READS && n == 0; i++)
            n = sound.read(target.array(), target.arrayOffset() + target.position(), target.remaining());
        if (n > 0) target.position(target.position() + n);
        return n;
    }

    private static SampleCoding coding(AudioInput input, String title, AudioFormat format) throws AudioFormatException {
        int byteLength = (format.getSampleSizeInBits() + 7) / 8;
        AudioFormat.Encoding encoding = format.getEncoding();
        if (encoding.equals(AudioFormat.Encoding.ULAW) && byteLength == 1) return SampleCoding.MU_LAW;
        if (encoding.equals(AudioFormat.Encoding.ALAW) && byteLength == 1) return SampleCoding.A_LAW;
        if (encoding.equals(AudioFormat.Encoding.PCM_UNSIGNED) && byteLength == 1) return SampleCoding.UNSIGNED_8;
        if (encoding.equals(AudioFormat.Encoding.PCM_FLOAT) && byteLength == 4) return SampleCoding.FLOAT_32;
        if (encoding.equals(AudioFormat.Encoding.PCM_FLOAT) && byteLength == 8) return SampleCoding.FLOAT_64;
        if (encoding.equals(AudioFormat.Encoding.PCM_SIGNED))
            switch (byteLength) {
                case 1:
                    return SampleCoding.SIGNED_8;
                case 2:
                    return SampleCoding.PCM_16;
                case 3:
                    return SampleCoding.PCM_24;
                case 4:
                    return SampleCoding.PCM_32;
                default:
            }
        throw input.refusal(title + " with " + format);
    }
}

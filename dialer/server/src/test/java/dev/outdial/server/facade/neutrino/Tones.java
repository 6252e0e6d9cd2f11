package dev.outdial.server.facade.neutrino;

import dev.outdial.testbed.web.WebAnswer;
import dev.outdial.testbed.web.WebAnswers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Files of a steady 1000 Hz. */
final class Tones {
    static final int HERTZ = 1000;
    private static final int RATE = 44_100;

    private Tones() {}

    /** The one of two seconds of that name, see README.txt beside it. */
    static WebAnswer file(String name, String type) {
        try (var stream = Tones.class.getResourceAsStream("/dev/outdial/server/facade/" + name)) {
            if (stream == null) throw new FileNotFoundException(name);
            return WebAnswers.content(type, stream.readAllBytes());
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** WAV of 44.1 kHz, two channels, 16 bits. */
    static byte[] wav(int millis) {
        int frames = RATE * millis / 1000;
        var pcm = new byte[frames * 4];
        for (int i = 0; i < frames; i++) {
            int sample = (int) (16_000 * Math.sin(2 * Math.PI * HERTZ * i / RATE));
            for (int channel = 0; channel < 2; channel++) {
                pcm[i * 4 + channel * 2] = (byte) sample;
                pcm[i * 4 + channel * 2 + 1] = (byte) (sample >> 8);
            }
        }
        try {
            var sound = new AudioInputStream(
                    new ByteArrayInputStream(pcm), new AudioFormat(RATE, 16, 2, true, false), frames);
            var file = new ByteArrayOutputStream();
            int unused = AudioSystem.write(sound, AudioFileFormat.Type.WAVE, file);
            return file.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}

package dev.outdial.media.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another program that reads and writes sound. */
final class Ffmpeg {
    private Ffmpeg() {}

    static void run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-loglevel", "error", "-y"));
        command.addAll(List.of(arguments));
        Path said = Files.createTempFile("outdial", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            if (!ended) process.destroyForcibly();
            assertThat(ended && process.exitValue() == 0)
                    .as("%s: %s", command, Files.readString(said))
                    .isTrue();
        } finally {
            Files.delete(said);
        }
    }

    /** The file's sound at its own rate, its channels mixed with the same weight. */
    static float[] decode(Path file, int channels, String... decoder) throws IOException, InterruptedException {
        Path raw = Files.createTempFile("outdial", ".f32");
        try {
            var arguments = new ArrayList<>(List.of(decoder));
            arguments.addAll(List.of("-i", file.toString(), "-map", "0:a", "-f", "f32le", raw.toString()));
            run(arguments.toArray(String[]::new));
            FloatBuffer samples = ByteBuffer.wrap(Files.readAllBytes(raw))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer();
            float[] mixed = new float[samples.remaining() / channels];
            for (int i = 0; i < mixed.length; i++) {
                float sum = 0;
                for (int c = 0; c < channels; c++) sum += samples.get();
                mixed[i] = sum * (1f / channels);
            }
            return mixed;
        } finally {
            Files.delete(raw);
        }
    }
}

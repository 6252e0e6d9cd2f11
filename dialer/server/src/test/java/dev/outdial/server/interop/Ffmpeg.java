package dev.outdial.server.interop;

import dev.outdial.testbed.sound.WavFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What ffmpeg makes of a sound file. */
final class Ffmpeg {
    private Ffmpeg() {}

    /** The file's sound as 8 kHz mono PCM of 16 bits. */
    static short[] decode(Path file) {
        try {
            var wav = Files.createTempFile("outdial-interop", ".wav");
            try {
                var command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-loglevel", "error", "-y"));
                command.addAll(List.of("-i", file.toString()));
                command.addAll(List.of("-ar", "8000", "-ac", "1", "-c:a", "pcm_s16le", "-bitexact", wav.toString()));
                PeerProcess.run(command);
                return WavFile.read(wav);
            } finally {
                Files.delete(wav);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.outdial.testbed.prompts;

import dev.outdial.testbed.sound.WavFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/** The spoken welcome in the formats that callers bring, each with the 8 kHz sound that another tool decodes from it. */
public enum Prompt {
    /** MP3, 44.1 kHz mono. */
    WELCOME_MP3("welcome.mp3", "welcome-mp3-8k.wav"),
    /** WAV, 16 kHz mono PCM 16. */
    WELCOME_WAV("welcome.wav", "welcome-wav-8k.wav"),
    /** Ogg Vorbis, 44.1 kHz stereo. */
    WELCOME_OGG("welcome.ogg", "welcome-ogg-8k.wav");

    private final String fileName;
    private final String referenceName;

    Prompt(String fileName, String referenceName) {
        this.fileName = fileName;
        this.referenceName = referenceName;
    }

    /** The file's name, such as {@code welcome.mp3}. */
    public String fileName() {
        return fileName;
    }

    /** The file's content. */
    public byte[] bytes() {
        return resource(fileName);
    }

    /** Writes the file into a folder and gives its path; a file of that name is replaced. */
    public Path copyTo(Path folder) throws IOException {
        return Files.write(folder.resolve(fileName), bytes());
    }

    /** What a callee should hear: 8 kHz PCM. */
    public short[] reference() {
        try {
            return WavFile.parse(resource(referenceName), referenceName);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The prompt whose file has the same content as the given one, whatever its name; empty when it is none of them. */
    public static Optional<Prompt> withContentOf(Path file) throws IOException {
        var wanted = sha256(Files.readAllBytes(file));
        return Arrays.stream(values())
                .filter(p -> Arrays.equals(wanted, sha256(p.bytes())))
                .findFirst();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }

    private static byte[] resource(String name) {
        try (var in = Prompt.class.getResourceAsStream(name)) {
            if (in == null) throw new FileNotFoundException("no resource " + name);
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.outdial.server.cli;

import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.FlowException;
import dev.outdial.dialer.flow.json.FlowReader;
import java.io.IOException;
import java.io.Serial;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Reads what flow commands are given; what cannot be read is told in sentences, one a line. */
final class FlowFiles {
    private static final long MOST_BYTES = 256 * 1024;

    private FlowFiles() {}

    /** A file is not what it should be; the message says which, where and why. Exit status 1. */
    static final class Unreadable extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        Unreadable(String sentences) {
            super(sentences);
        }
    }

    /** The flow in a file. */
    static Flow flow(Path file) throws Unreadable {
        try {
            return FlowReader.read(file);
        } catch (IOException trouble) {
            throw new Unreadable(sentence(file, trouble));
        } catch (FlowException wrong) {
            throw new Unreadable(wrong.findings().stream()
                    .map(finding -> file + ": " + finding)
                    .collect(Collectors.joining(System.lineSeparator())));
        }
    }

    /** The text in a file. */
    static String text(Path file) throws Unreadable {
        try {
            if (Files.size(file) > MOST_BYTES) throw new Unreadable(file + " is larger than 256 KB");
            return Files.readString(file);
        } catch (IOException trouble) {
            throw new Unreadable(sentence(file, trouble));
        }
    }

    private static String sentence(Path file, IOException trouble) {
        return switch (trouble) {
            case NoSuchFileException none -> "there is no file " + file;
            case AccessDeniedException denied -> file + " may not be read";
            case CharacterCodingException odd -> file + " is not UTF-8";
            default -> file + " cannot be read";
        };
    }
}

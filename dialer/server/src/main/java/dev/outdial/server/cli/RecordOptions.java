package dev.outdial.server.cli;

import dev.outdial.dialer.record.RecordedSides;
import dev.outdial.dialer.record.RecordingFormat;
import dev.outdial.dialer.record.RecordingOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is recorded, and how: the options of {@code call} and {@code answer}. */
final class RecordOptions {
    @Option(
            names = "--record",
            paramLabel = "FILE.wav",
            description = "write what the far end says; with answer, on the last call")
    private @Nullable Path record;

    @Option(
            names = "--record-both",
            paramLabel = "HOW",
            description = "write what it hears too: mixed, or stereo with the far end on the left")
    private @Nullable String both;

    @Option(names = "--record-format", paramLabel = "FORMAT", description = "pcm, ulaw or alaw (default: pcm)")
    private @Nullable String format;

    /** A recording that is wanted. */
    record Wish(Path file, RecordingOptions options) {}

    /** What is wanted; empty where nothing is. */
    Optional<Wish> wish() {
        if (record == null) {
            if (both != null) {
                throw new UsageException("--record-both: the file that --record names is expected");
            }
            if (format != null) {
                throw new UsageException("--record-format: the file that --record names is expected");
            }
            return Optional.empty();
        }
        check(record);
        return Optional.of(
                new Wish(record, RecordingOptions.DEFAULT.withSides(sides()).withFormat(format())));
    }

    private RecordedSides sides() {
        return switch (both == null ? "" : both.toLowerCase(Locale.ROOT)) {
            case "" -> RecordedSides.FAR_END;
            case "mixed" -> RecordedSides.MIXED;
            case "stereo" -> RecordedSides.STEREO;
            default -> throw new UsageException("--record-both: " + both + " is neither mixed nor stereo");
        };
    }

    private RecordingFormat format() {
        return switch (format == null ? "pcm" : format.toLowerCase(Locale.ROOT)) {
            case "pcm" -> RecordingFormat.PCM;
            case "ulaw" -> RecordingFormat.ULAW;
            case "alaw" -> RecordingFormat.ALAW;
            default -> throw new UsageException("--record-format: " + format + " is not pcm, ulaw or alaw");
        };
    }

    private static void check(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new UsageException("--record: there is no folder " + folder);
        }
        if (Files.isDirectory(file)) {
            throw new UsageException("--record: " + file + " is a folder");
        }
        if (!Files.isWritable(Files.exists(file) ? file : folder)) {
            throw new UsageException("--record: " + file + " may not be written");
        }
    }
}

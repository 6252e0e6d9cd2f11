package dev.outdial.server.cli;

import dev.outdial.dialer.sound.Speech;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code outdial say}: words into a file, without a call. */
@Command(
        name = "say",
        description = "Speaks into a WAV file, as --say does on a call.",
        sortOptions = false,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {" 0:the file was written", " 1:that cannot be spoken; a sentence says why", "64:wrong usage"})
final class SayCommand implements Callable<Integer> {
    private static final int UNSPOKEN = 1;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "TEXT", description = "the words, plain or SSML (<speak>...)")
    private String text = "";

    @Option(names = "--out", paramLabel = "FILE.wav", required = true, description = "where to write it")
    private @Nullable Path out;

    @Mixin
    private SpeechFlags speech = new SpeechFlags();

    @Override
    public Integer call() {
        Path target = Objects.requireNonNull(out);
        if (Files.isDirectory(target)) {
            throw new UsageException("--out: " + target + " is a folder");
        }
        try (Speech engines = Speech.open(speech.options())) {
            Path spoken = engines.say(text, speech.language(), speech.voice());
            return copy(spoken, target);
        } catch (IOException unspoken) {
            return failed("cannot say that: " + unspoken.getMessage());
        }
    }

    private int copy(Path spoken, Path target) {
        try {
            Files.copy(spoken, target, StandardCopyOption.REPLACE_EXISTING);
            return 0;
        } catch (IOException unwritable) {
            return failed("--out: " + target + " cannot be written: " + why(unwritable));
        }
    }

    private static String why(IOException unwritable) {
        return switch (unwritable) {
            case NoSuchFileException missing -> "there is no such folder";
            case AccessDeniedException denied -> "permission denied";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> String.valueOf(unwritable.getMessage());
        };
    }

    private int failed(String sentence) {
        Objects.requireNonNull(spec).commandLine().getErr().println("outdial: " + sentence);
        return UNSPOKEN;
    }
}

package dev.outdial.media.speech;

import dev.outdial.media.file.AudioFiles;
import dev.outdial.media.file.FileTrouble;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A program that reads plain text from its standard input and writes a WAV file to its standard output: one process for each run of
 * words, started without a shell. How fast and how high it speaks is its own choice. <b>Threading:</b> any; several processes at once.
 */
public final class ProgramSynthesizer implements SpeechSynthesizer {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final List<String> command;
    private final List<String> languages;
    private final Duration limit;
    private final RunningPrograms programs = new RunningPrograms();

    /**
     * A program and its arguments.
     *
     * @param command an argument {@code {language}} becomes the BCP 47 tag, {@code {voice}} the voice's name, or the tag where no voice
     *     is asked for
     * @param languages the BCP 47 tags of the languages that it speaks; empty for any
     */
    public ProgramSynthesizer(List<String> command, List<String> languages) {
        this(command, languages, LIMIT);
    }

    ProgramSynthesizer(List<String> command, List<String> languages, Duration limit) {
        if (command.isEmpty() || command.getFirst().isBlank())
            throw new IllegalArgumentException("the program that speaks is expected");
        this.command = List.copyOf(command);
        this.languages = List.copyOf(languages);
        this.limit = limit;
    }

    /** The adapter that fits the program best: espeak-ng has one of its own, which knows its languages and voices. */
    public static SpeechSynthesizer of(List<String> command, List<String> languages) {
        return !command.isEmpty() && EspeakSynthesizer.isEspeak(command.getFirst())
                ? new EspeakSynthesizer(command, languages)
                : new ProgramSynthesizer(command, languages);
    }

    @Override
    public String name() {
        return nameOf(command);
    }

    static String nameOf(List<String> command) {
        String program = command.getFirst();
        return program.substring(program.lastIndexOf('/') + 1);
    }

    @Override
    public String identity() {
        return "exec:" + String.join("\0", command);
    }

    @Override
    public List<String> languages() {
        return languages;
    }

    @Override
    public List<String> voices(Locale language) {
        return List.of();
    }

    @Override
    public Optional<SpeechVoice> voice(Locale language, Optional<String> name) throws SpeechException {
        String voice = Languages.checkedVoice(name).orElse("");
        return Languages.spoken(languages, language).map(spoken -> new SpeechVoice(voice, spoken));
    }

    @Override
    public void synthesize(Script script, SpeechVoice voice, Path target) throws SpeechException, InterruptedException {
        List<String> arguments = arguments(voice);
        Pieces.speak(script, target, (words, file) -> run(name(), limit, arguments, words, file, programs));
    }

    private List<String> arguments(SpeechVoice voice) {
        String tag = voice.language().toLanguageTag();
        List<String> arguments = new ArrayList<>();
        for (String argument : command)
            arguments.add(
                    switch (argument) {
                        case "{language}" -> tag;
                        case "{voice}" -> voice.name().isEmpty() ? tag : voice.name();
                        default -> argument;
                    });
        return arguments;
    }

    /** Runs a program that writes its sound to a file of ours. */
    static void run(
            String name, Duration limit, List<String> arguments, String text, Path target, RunningPrograms programs)
            throws SpeechException, InterruptedException {
        try (OutputStream file = Files.newOutputStream(target)) {
            new RunningProgram(name, limit, AudioFiles.MAX_BYTES, programs).run(arguments, text, file);
        } catch (SpeechException known) {
            throw known;
        } catch (IOException unwritable) {
            throw new SpeechException(
                    "what " + name + " says cannot be written: " + FileTrouble.why(unwritable), unwritable);
        }
    }

    /** Ends the programs that are speaking. */
    @Override
    public void close() {
        programs.close();
    }
}

package dev.outdial.media.speech;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * espeak-ng, with all its languages: which those are it is asked once, when that is first needed. It reads SSML itself, written anew from what was
 * understood here, since its own reader opens files. <b>Threading:</b> any; several processes at once.
 */
final class EspeakSynthesizer implements SpeechSynthesizer {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration LISTING_LIMIT = Duration.ofSeconds(10);
    private static final int MAX_LISTING_BYTES = 1 << 20;

    private final List<String> command;
    private final List<String> only;
    private final RunningPrograms programs = new RunningPrograms();
    private @Nullable EspeakVoices voices;

    /**
     * Runs it so.
     *
     * @param command the program, and more arguments
     * @param only the languages that it is to be used for; empty for all of its
     */
    EspeakSynthesizer(List<String> command, List<String> only) {
        this.command = List.copyOf(command);
        this.only = List.copyOf(only);
    }

    static boolean isEspeak(String program) {
        return program.substring(program.lastIndexOf('/') + 1).equals("espeak-ng");
    }

    @Override
    public String name() {
        return "espeak-ng";
    }

    @Override
    public String identity() {
        return "espeak-ng:" + String.join("\0", command);
    }

    @Override
    public List<String> languages() throws SpeechException {
        return only.isEmpty() ? known().languages() : only;
    }

    @Override
    public List<String> voices(Locale language) throws SpeechException {
        return known().namesFor(language);
    }

    @Override
    public Optional<SpeechVoice> voice(Locale language, Optional<String> name) throws SpeechException {
        Optional<String> checked = Languages.checkedVoice(name);
        return Languages.spoken(only, language).isEmpty() ? Optional.empty() : known().find(language, checked);
    }

    private synchronized EspeakVoices known() throws SpeechException {
        EspeakVoices before = voices;
        if (before != null) return before;
        var listing = new ByteArrayOutputStream();
        try {
            new RunningProgram(name(), LISTING_LIMIT, MAX_LISTING_BYTES, programs)
                    .run(List.of(command.getFirst(), "--voices"), "", listing);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new SpeechException("interrupted while espeak-ng was asked for its voices", stopped);
        }
        EspeakVoices asked = EspeakVoices.read(listing.toString(StandardCharsets.UTF_8));
        if (asked.all().isEmpty()) throw new SpeechException("espeak-ng lists no voices");
        voices = asked;
        return asked;
    }

    @Override
    public void synthesize(Script script, SpeechVoice voice, Path target) throws SpeechException, InterruptedException {
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(List.of("-v", voice.name(), "-b", "1", "-m", "--stdin", "--stdout"));
        ProgramSynthesizer.run(name(), LIMIT, arguments, ssml(script), target, programs);
    }

    @Override
    public void close() {
        programs.close();
    }

    /** The script in the SSML that espeak-ng takes: percentages, and its own way to spell. */
    static String ssml(Script script) {
        var ssml = new StringBuilder("<speak>");
        for (Script.Piece piece : script.pieces()) {
            switch (piece) {
                case Script.Pause pause ->
                    ssml.append("<break time=\"").append(pause.millis()).append("ms\"/>");
                case Script.Words words -> append(words, ssml);
            }
        }
        return ssml.append("</speak>").toString();
    }

    private static void append(Script.Words words, StringBuilder ssml) {
        Script.Prosody prosody = words.prosody();
        boolean isPlain = prosody.equals(Script.Prosody.PLAIN);
        if (!isPlain)
            ssml.append(String.format(
                    Locale.ROOT,
                    "<prosody rate=\"%d%%\" pitch=\"%d%%\" volume=\"%d%%\">",
                    Math.round(prosody.rate() * 100),
                    Math.round(prosody.pitch() * 100),
                    Math.round(Math.pow(10, prosody.volumeDb() / 20) * 100)));
        if (words.spelled()) ssml.append("<say-as interpret-as=\"characters\">");
        escape(words.spelled() ? words.text().replace(" ", "") : words.text(), ssml);
        if (words.spelled()) ssml.append("</say-as>");
        if (!isPlain) ssml.append("</prosody>");
        ssml.append(' ');
    }

    private static void escape(String text, StringBuilder ssml) {
        text.codePoints().filter(EspeakSynthesizer::isXml).forEach(c -> {
            switch (c) {
                case '<' -> ssml.append("&lt;");
                case '>' -> ssml.append("&gt;");
                case '&' -> ssml.append("&amp;");
                default -> ssml.appendCodePoint(c);
            }
        });
    }

    /** Char of XML 1.0 section 2.2: others cannot be written in any way. */
    private static boolean isXml(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000;
    }
}

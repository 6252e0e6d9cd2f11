package dev.outdial.server.config;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration that makes no sense; says all that is wrong with it and where. */
public final class ConfigException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<String> sentences;

    /** What was typed stands in sentences: its control characters do not reach a terminal or a log. */
    ConfigException(List<String> sentences) {
        super(sentences.stream().map(ConfigException::plain).collect(Collectors.joining("\n")));
        this.sentences = sentences.stream().map(ConfigException::plain).toList();
    }

    private static String plain(String sentence) {
        return sentence.codePoints()
                .map(sign -> Character.isISOControl(sign) ? '?' : sign)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    ConfigException(String sentence) {
        this(List.of(sentence));
    }

    /** One for each thing that is wrong; no secret stands in them. */
    public List<String> sentences() {
        return sentences;
    }
}

package dev.outdial.server.config;

import java.io.Serial;
import java.util.List;

/** A configuration that makes no sense; says all that is wrong with it and where. */
public final class ConfigException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<String> sentences;

    ConfigException(List<String> sentences) {
        super(String.join("\n", sentences));
        this.sentences = List.copyOf(sentences);
    }

    ConfigException(String sentence) {
        this(List.of(sentence));
    }

    /** One for each thing that is wrong; no secret stands in them. */
    public List<String> sentences() {
        return sentences;
    }
}

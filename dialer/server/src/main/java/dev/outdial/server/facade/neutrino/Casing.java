package dev.outdial.server.facade.neutrino;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.http.json.JsonText;
import java.util.Locale;
import java.util.regex.Pattern;

/** How the names of an answer are spelt, as {@code output-case} asks. */
enum Casing {
    /** number-valid. */
    KEBAB,
    /** numberValid. */
    CAMEL,
    /** number_valid. */
    SNAKE;

    private static final Pattern NEXT_WORD = Pattern.compile("-([a-z0-9])");

    /** The one that is asked for; the first where none or an unknown one is. */
    static Casing of(Parameters parameters) {
        return switch (parameters.text("output-case").orElse("").strip().toLowerCase(Locale.ROOT)) {
            case "camel" -> CAMEL;
            case "snake" -> SNAKE;
            default -> KEBAB;
        };
    }

    /** A name that is written in kebab case. */
    String of(String name) {
        return switch (this) {
            case KEBAB -> name;
            case CAMEL ->
                NEXT_WORD.matcher(name).replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT));
            case SNAKE -> name.replace('-', '_');
        };
    }

    /** An object whose names are in kebab case. */
    ObjectNode of(ObjectNode object) {
        ObjectNode spelt = JsonText.MAPPER.createObjectNode();
        object.properties().forEach(field -> spelt.set(of(field.getKey()), field.getValue()));
        return spelt;
    }
}

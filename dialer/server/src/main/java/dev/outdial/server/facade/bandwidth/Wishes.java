package dev.outdial.server.facade.bandwidth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.http.json.JsonText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a request asks for. As lenient as the original: numbers and flags may come as text, names that nobody knows are passed over. What
 * makes no sense throws {@link Refusal}. Pure.
 */
record Wishes(JsonNode json) {
    /** Reads a body; nothing is an object without members. */
    static Wishes read(byte[] body) {
        if (new String(body, java.nio.charset.StandardCharsets.UTF_8).isBlank()) {
            return new Wishes(JsonText.MAPPER.createObjectNode());
        }
        try {
            JsonNode json = JsonText.parse(body);
            if (!json.isObject()) throw Refusal.invalid("The body must be a JSON object");
            return new Wishes(json);
        } catch (JsonText.BadJsonException broken) {
            throw Refusal.invalid("The body could not be read: " + broken.getMessage());
        }
    }

    boolean has(String name) {
        return !json.path(name).isMissingNode() && !json.path(name).isNull();
    }

    /** Any text; numbers and flags are text too. */
    Optional<String> text(String name) {
        if (!has(name)) return Optional.empty();
        if (json.path(name).isContainerNode()) throw Refusal.invalid(wrong(name, "must be text"));
        return Optional.of(json.path(name).asText());
    }

    /** Text of so many characters at most. */
    String text(String name, int longest) {
        String text = text(name).orElse("");
        if (text.length() > longest) {
            throw Refusal.invalid(wrong(name, "exceeds the limit of " + longest + " characters"));
        }
        return text;
    }

    String required(String name) {
        return text(name)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> Refusal.invalid(wrong(name, "is required")));
    }

    boolean flag(String name, boolean usual) {
        return switch (text(name).orElse(Boolean.toString(usual)).toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0", "" -> false;
            default -> throw Refusal.invalid(wrong(name, "must be true or false"));
        };
    }

    double number(String name, double least, double most, double usual) {
        Optional<String> text = text(name);
        if (text.isEmpty()) return usual;
        double number;
        try {
            number = Double.parseDouble(text.get().strip());
        } catch (NumberFormatException none) {
            throw Refusal.invalid(wrong(name, "must be a number"));
        }
        if (!(number >= least)) throw Refusal.invalid(wrong(name, "must be greater than or equal to " + plain(least)));
        if (!(number <= most)) throw Refusal.invalid(wrong(name, "exceeds the limit of " + plain(most)));
        return number;
    }

    int integer(String name, int least, int most, int usual) {
        double number = number(name, least, most, usual);
        if (number != Math.rint(number)) throw Refusal.invalid(wrong(name, "must be a whole number"));
        return (int) number;
    }

    String choice(String name, List<String> all, String usual) {
        String text = text(name).orElse(usual);
        return all.stream()
                .filter(text::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> Refusal.invalid(wrong(name, "must be one of the following values: " + all)));
    }

    Optional<Wishes> object(String name) {
        if (!has(name)) return Optional.empty();
        if (!json.path(name).isObject()) throw Refusal.invalid(wrong(name, "must be an object"));
        return Optional.of(new Wishes(json.path(name)));
    }

    /** Texts of an array. */
    List<String> texts(String name) {
        if (!has(name)) return List.of();
        if (!json.path(name).isArray()) throw Refusal.invalid(wrong(name, "must be an array"));
        List<String> texts = new ArrayList<>();
        json.path(name).forEach(item -> texts.add(item.asText()));
        return texts;
    }

    /** A web address for callbacks; empty where there is none. */
    String callback(String name) {
        String text = text(name).orElse("").strip();
        if (text.isEmpty()) return "";
        if (!isWebAddress(text)) {
            throw Refusal.invalid("callback-url-invalid", "The callback URL " + text + " is not a valid URL");
        }
        return text;
    }

    static boolean isWebAddress(String text) {
        try {
            URI address = new URI(text);
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            return (scheme.equals("http") || scheme.equals("https"))
                    && address.getHost() != null
                    && text.length() <= 2000;
        } catch (URISyntaxException broken) {
            return false;
        }
    }

    private static String wrong(String name, String what) {
        return "The property " + name + " " + what;
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}

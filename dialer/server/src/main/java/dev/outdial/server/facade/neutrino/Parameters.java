package dev.outdial.server.facade.neutrino;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.http.json.JsonText;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a request asks for, by name, from wherever in it: query, form, multipart form or JSON. A name that comes twice counts once. */
record Parameters(Map<String, String> values) {
    private static final int MOST_DIGITS = 9;

    Parameters {
        values = Map.copyOf(values);
    }

    /** Without values, which may hold a key. */
    @Override
    public String toString() {
        return "parameters " + values.keySet();
    }

    /** Those of a query. */
    static Parameters of(Map<String, List<String>> query) {
        var values = new HashMap<String, String>();
        query.forEach((name, all) -> all.stream().findFirst().ifPresent(value -> values.put(name, value)));
        return new Parameters(values);
    }

    /**
     * Those of a body. What is neither JSON nor multipart is read as a form.
     *
     * @param contentType as the header has it; may be empty
     */
    static Parameters read(String contentType, byte[] body) throws Refusal {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (type.equals("application/json") || type.endsWith("+json")) return json(body);
        if (type.equals("multipart/form-data")) return new Parameters(Multipart.read(contentType, body));
        return form(new String(body, StandardCharsets.UTF_8));
    }

    private static Parameters json(byte[] body) throws Refusal {
        JsonNode object;
        try {
            object = JsonText.parse(body);
        } catch (JsonText.BadJsonException none) {
            throw new Refusal(ApiError.INVALID_JSON);
        }
        if (!object.isObject()) throw new Refusal(ApiError.INVALID_JSON);
        var values = new HashMap<String, String>();
        object.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (!value.isNull()) values.put(field.getKey(), value.isValueNode() ? value.asText() : value.toString());
        });
        return new Parameters(values);
    }

    private static Parameters form(String text) {
        var values = new HashMap<String, String>();
        for (String pair : text.split("&")) {
            String[] parts = pair.split("=", 2);
            values.putIfAbsent(decoded(parts[0].strip()), parts.length > 1 ? decoded(parts[1]) : "");
        }
        return new Parameters(values);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException misspelt) {
            return text;
        }
    }

    /** These and those: of a name that both have, these win. */
    Parameters over(Parameters others) {
        var all = new HashMap<>(others.values);
        all.putAll(values);
        return new Parameters(all);
    }

    /** A value, where there is one that is not blank. */
    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).filter(text -> !text.isBlank());
    }

    /** One that must be there. */
    String required(String name) throws Refusal {
        Optional<String> text = text(name);
        if (text.isEmpty()) throw Refusal.parameter(name, "string", "is required");
        return text.get();
    }

    /** A whole number. */
    int integer(String name, int least, int most, int byDefault) throws Refusal {
        Optional<String> text = text(name).map(String::strip);
        if (text.isEmpty()) return byDefault;
        boolean isNumber = text.get().matches("\\d{1," + MOST_DIGITS + "}");
        int number = isNumber ? Integer.parseInt(text.get()) : -1;
        if (number < least || number > most) {
            throw Refusal.parameter(name, "integer", "must be a whole number from " + least + " to " + most);
        }
        return number;
    }
}

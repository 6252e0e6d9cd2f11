package dev.outdial.server.facade.cequens;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.facade.cequens.FieldNames.Field;
import dev.outdial.server.http.json.Controls;
import dev.outdial.server.http.json.Problems;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the body of a call: all that is wrong is told at once; fields that nobody knows are left out. Pure. */
final class CallReader {
    /** A flow is gone on with a hundred times at most, and each repetition takes two. */
    static final int MOST_REPEATS = 40;

    private static final int USUAL_REPEATS = 2;
    private static final int USUAL_SECONDS = 30;
    private static final int LONGEST_SECONDS = 600;
    private static final int LONGEST_TEXT = 5_000;
    private static final int LONGEST_VOICE = 100;
    private static final int LONGEST_URL = 2_000;
    /** It goes into the address of each callback. */
    private static final int LONGEST_METADATA = 2_000;

    private static final String USUAL_VOICE = "Zeina";
    private static final Pattern SPACING = Pattern.compile("[ ().-]");
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");

    private final JsonNode body;
    private final FieldNames names;
    private final Problems problems;

    private CallReader(JsonNode body, FieldNames names, Problems problems) {
        this.body = body;
        this.names = names;
        this.problems = problems;
    }

    /** What is wrong goes to the problems, each under the name of its field; the wish is good for nothing then. */
    static CallWish read(JsonNode body, FieldNames names, Problems problems) {
        if (!body.isObject()) problems.add("body", "must be a JSON object");
        return new CallReader(body, names, problems).wish();
    }

    private CallWish wish() {
        boolean keys = flag(Field.DTMF);
        boolean unused = flag(Field.NEURAL);
        return new CallWish(
                required(Field.RECIPIENT, this::recipient),
                required(Field.SAY_TEXT, node -> text(Field.SAY_TEXT, node)),
                voice(),
                audioUrl(),
                whole(Field.REPEAT, USUAL_REPEATS, 1, MOST_REPEATS),
                Duration.ofSeconds(whole(Field.TIMEOUT, USUAL_SECONDS, 1, LONGEST_SECONDS)),
                keys
                        ? Optional.of(required(Field.DTMF_CALLBACK, node -> url(Field.DTMF_CALLBACK, node)))
                        : Optional.empty(),
                present(Field.STATUS_CALLBACK).map(node -> url(Field.STATUS_CALLBACK, node)),
                metadata());
    }

    private Optional<JsonNode> present(Field field) {
        return names.in(body, field)
                .filter(node -> !node.isTextual() || !node.textValue().isBlank());
    }

    private String required(Field field, Function<JsonNode, String> read) {
        Optional<JsonNode> node = present(field);
        if (node.isEmpty()) wrong(field, "is required");
        return node.map(read).orElse("");
    }

    private String wrong(Field field, String message) {
        problems.add(field.canonical(), message);
        return "";
    }

    private String recipient(JsonNode node) {
        JsonNode one = node.isArray() && node.size() == 1 ? node.get(0) : node;
        boolean isWritten = one.isTextual() || one.isIntegralNumber();
        String digits = isWritten ? SPACING.matcher(one.asText().strip()).replaceAll("") : "";
        String international = digits.startsWith("00") ? digits.substring(2) : digits;
        String number = international.startsWith("+") ? international : "+" + international;
        return E164.matcher(number).matches()
                ? number
                : wrong(Field.RECIPIENT, "must be one mobile number as E.164 has it, such as +201001234567");
    }

    private String text(Field field, JsonNode node) {
        if (!node.isTextual()) return wrong(field, "must be a string");
        String text = node.textValue();
        if (text.length() > LONGEST_TEXT) return wrong(field, "is longer than " + LONGEST_TEXT + " characters");
        return Controls.inWords(text) ? wrong(field, "holds a control character") : text;
    }

    private String voice() {
        Optional<JsonNode> voice = present(Field.VOICE);
        if (voice.isEmpty()) return USUAL_VOICE;
        String name = voice.get().isTextual() ? voice.get().textValue().strip() : "";
        boolean isName =
                !name.isEmpty() && name.length() <= LONGEST_VOICE && !Controls.in(name) && !name.contains("${");
        return isName ? name : wrong(Field.VOICE, "must be the name of a voice");
    }

    /** What cannot be an address cannot be loaded either: the words are said. */
    private Optional<String> audioUrl() {
        Optional<JsonNode> url = present(Field.AUDIO_URL);
        if (url.isPresent() && !url.get().isTextual()) wrong(Field.AUDIO_URL, "must be a string");
        return url.flatMap(CallReader::url);
    }

    private String url(Field field, JsonNode node) {
        return url(node).orElseGet(() -> wrong(field, "must be an http or https address"));
    }

    private static Optional<String> url(JsonNode node) {
        try {
            String text = node.isTextual() ? node.textValue().strip() : "";
            var uri = new URI(text);
            String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
            boolean isWeb = (scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null;
            return isWeb && text.length() <= LONGEST_URL ? Optional.of(text) : Optional.empty();
        } catch (URISyntaxException none) {
            return Optional.empty();
        }
    }

    private int whole(Field field, int usual, int least, int most) {
        Optional<JsonNode> node = present(field);
        if (node.isEmpty()) return usual;
        String digits = node.get().isIntegralNumber() || node.get().isTextual()
                ? node.get().asText().strip()
                : "";
        int number = digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : -1;
        if (number >= least && number <= most) return number;
        wrong(field, "must be a whole number from " + least + " to " + most);
        return usual;
    }

    private boolean flag(Field field) {
        Optional<JsonNode> node = present(field);
        String word = node.filter(one -> one.isBoolean() || one.isTextual())
                .map(one -> one.asText().strip().toLowerCase(Locale.ROOT))
                .orElse("");
        boolean isFlag = word.equals("true") || word.equals("false");
        if (node.isPresent() && !isFlag) wrong(field, "must be true or false");
        return word.equals("true");
    }

    private String metadata() {
        String text = names.in(body, Field.METADATA).map(JsonNode::toString).orElse("");
        return text.length() > LONGEST_METADATA
                ? wrong(Field.METADATA, "is longer than " + LONGEST_METADATA + " characters")
                : text;
    }
}

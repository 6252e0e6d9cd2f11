package dev.outdial.server.facade.voice2phone;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import dev.outdial.server.http.json.Controls;
import dev.outdial.server.http.json.Problems;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the body of a call: all that is wrong is told at once; members that nobody knows are left out. Names in any case of letters. Pure. */
final class CallReader {
    private static final int LONGEST_TEXT = 5_000;
    /** There may be sixteen, and variables are not without bounds. */
    private static final int LONGEST_ANSWER = 2_000;

    private static final int LONGEST_NUMBER = 50;
    private static final Pattern KEY = Pattern.compile("[0-9*#A-D]");
    private static final String COUNTRY = "Phone.CountryCode";
    private static final String NUMBER = "Phone.Number";

    private final Problems problems;

    private CallReader(Problems problems) {
        this.problems = problems;
    }

    /** What is wrong goes to the problems, each under the path of its member; the wish is good for nothing then. */
    static CallWish read(JsonNode body, Problems problems) {
        return new CallReader(problems).wish(body);
    }

    private CallWish wish(JsonNode body) {
        if (!body.isObject()) problems.add("body", "must be a JSON object");
        Optional<JsonNode> phone = member(body, "Phone");
        Optional<String> number = phone.flatMap(node -> member(node, "Number")).flatMap(node -> written(NUMBER, node));
        Optional<String> country = phone.flatMap(node -> member(node, "CountryCode"))
                .flatMap(node -> written(COUNTRY, node))
                .map(code -> code.strip().toUpperCase(Locale.ROOT));
        if (number.isEmpty()) problems.add(NUMBER, "is required");
        if (country.isEmpty()) problems.add(COUNTRY, "is required");
        Optional<String> message = member(body, "Message").flatMap(node -> written("Message", node));
        if (message.isEmpty()) problems.add("Message", "is required");
        return new CallWish(
                number.flatMap(digits -> country.map(code -> e164(digits, code)))
                        .orElse(""),
                message.map(text -> words("Message", text, LONGEST_TEXT)).orElse(""),
                member(body, "Dtmf").map(this::answers).orElse(Map.of()));
    }

    private static Optional<JsonNode> member(JsonNode node, String name) {
        return node.properties().stream()
                .filter(member -> member.getKey().equalsIgnoreCase(name)
                        && !member.getValue().isNull())
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** A text, or a number that somebody did not put in quotes. */
    private Optional<String> written(String path, JsonNode node) {
        if (!node.isTextual() && !node.isIntegralNumber()) problems.add(path, "must be a string");
        return Optional.of(node.asText("")).filter(text -> !text.isBlank());
    }

    private String words(String path, String text, int longest) {
        if (text.length() > longest) problems.add(path, "is longer than " + longest + " characters");
        else if (Controls.inWords(text)) problems.add(path, "holds a control character");
        return text;
    }

    /** As it is dialled in that country, or with its own country before it. */
    private String e164(String number, String country) {
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        if (!numbers.getSupportedRegions().contains(country)) {
            problems.add(COUNTRY, "must be an ISO 3166 code of two letters, such as US");
            return "";
        }
        try {
            if (number.length() <= LONGEST_NUMBER) {
                PhoneNumber parsed = numbers.parse(number.strip(), country);
                if (numbers.isPossibleNumber(parsed)) return numbers.format(parsed, PhoneNumberFormat.E164);
            }
        } catch (NumberParseException none) {
            // Said below, as for what no telephone could have.
        }
        problems.add(NUMBER, "is not a telephone number of " + country + ", nor one that begins with +");
        return "";
    }

    private Map<Character, String> answers(JsonNode node) {
        if (!node.isObject()) problems.add("Dtmf", "must be an object of keys and texts");
        var answers = new HashMap<Character, String>();
        node.properties().forEach(member -> {
            String key = member.getKey().strip().toUpperCase(Locale.ROOT);
            String path = "Dtmf." + (Controls.in(key) || key.length() > 10 ? "?" : key);
            if (!KEY.matcher(key).matches()) problems.add(path, "is not a key (0-9, *, #, A-D)");
            else
                written(path, member.getValue())
                        .ifPresentOrElse(
                                text -> answers.put(key.charAt(0), words(path, text, LONGEST_ANSWER)),
                                () -> problems.add(path, "must be a text"));
        });
        return answers;
    }
}

package dev.outdial.server.facade.cequens;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.http.json.JsonText;
import java.lang.Character.UnicodeScript;
import java.util.Locale;
import java.util.Map;

/**
 * What is done in a call, as the actions of a flow: the file once or, where there is none or it cannot be had, the words so often with a second
 * between; then the keys' time, where they are wanted. Keys end nothing that is heard. Pure.
 */
final class CallFlow {
    /** The variable with the words: what stands in them is said as it stands. */
    static final String WORDS = "cequens_text";

    private static final String END = "end";
    private static final int GAP_MILLIS = 1_000;
    private static final int TAIL_SECONDS = 5;
    private static final String LATIN = "en-US";
    private static final String ARABIC = "ar";
    /** Voices of the page that speak what is written in Arabic letters, and more closely what. */
    private static final Map<String, String> SPEAKS = Map.of("hala", "ar-AE", "uzma", "ur-PK", "asad", "ur-PK");

    private CallFlow() {}

    static String actions(CallWish wish) {
        ArrayNode actions = JsonNodeFactory.instance.arrayNode();
        wish.audioUrl().ifPresent(url -> {
            action(actions, "file", "play").putArray("stream_urls").add(url);
            action(actions, "unheard", "condition_variable")
                    .put("condition", "!=")
                    .put("variable", "voipbin.call.played")
                    .put("value_type", "string")
                    .put("value_string", "true")
                    .put("false_target_id", END);
        });
        action(actions, "words", "talk")
                .put("text", "${" + WORDS + "}")
                .put("language", language(wish.sayText(), wish.voice()))
                .put("voice_id", wish.voice());
        if (wish.repeat() > 1) {
            action(actions, "again", "goto").put("target_id", "gap").put("loop_count", wish.repeat() - 1);
            then(actions, END);
            action(actions, "gap", "sleep").put("duration", GAP_MILLIS);
            then(actions, "words");
        }
        if (wish.dtmfUrl().isPresent()) {
            action(actions, END, "gather")
                    .put("inter_digit_timeout", TAIL_SECONDS)
                    .put("terminating_digits", "#");
            action(actions, "bye", "hangup");
        } else {
            action(actions, END, "hangup");
        }
        return JsonText.write(actions);
    }

    private static ObjectNode action(ArrayNode actions, String id, String type) {
        return actions.addObject().put("id", id).put("type", type).putObject("option");
    }

    /** The last action is followed by this one, wherever it stands. */
    private static void then(ArrayNode actions, String next) {
        ((ObjectNode) actions.get(actions.size() - 1)).put("next_id", next);
    }

    /** The request names a voice and no language, and the usual voice, an Arabic one, stands beside an English text: the letters tell more. */
    static String language(String text, String voice) {
        boolean isArabic = text.codePoints().anyMatch(sign -> UnicodeScript.of(sign) == UnicodeScript.ARABIC);
        return isArabic ? SPEAKS.getOrDefault(voice.toLowerCase(Locale.ROOT), ARABIC) : LATIN;
    }
}

package dev.outdial.server.facade.voice2phone;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.http.json.JsonText;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is done in a call, as the actions of a flow: the message, which a key that has an answer ends, ten seconds for such a key, and its answer.
 * Texts are variables, so that what stands in them is said as it stands. Pure.
 */
final class CallFlow {
    private static final String MESSAGE = "voice2phone_message";
    private static final String ANSWER = "voice2phone_dtmf_";
    private static final String END = "end";
    private static final int WAIT_SECONDS = 10;

    private CallFlow() {}

    static String actions(CallWish wish) {
        ArrayNode actions = JsonNodeFactory.instance.arrayNode();
        if (wish.answers().isEmpty()) {
            action(actions, "message", "talk").put("text", "${" + MESSAGE + "}");
        } else {
            ask(actions, wish);
            for (char key : wish.answers().keySet()) {
                action(actions, target(key), "talk").put("text", "${" + ANSWER + key + "}");
                then(actions, END); // not with another key's answer
            }
        }
        action(actions, END, "hangup");
        return JsonText.write(actions);
    }

    private static void ask(ArrayNode actions, CallWish wish) {
        String keys = wish.answers().keySet().stream().map(String::valueOf).collect(Collectors.joining());
        action(actions, "message", "gather")
                .put("max_digits", 1)
                .put("terminating_digits", "")
                .put("allowed_digits", keys)
                .put("inter_digit_timeout", WAIT_SECONDS)
                .put("barge_in", true)
                .put("prompt", "${" + MESSAGE + "}");
        ObjectNode branch = action(actions, "which", "branch").put("default_target_id", END);
        ObjectNode targets = branch.putObject("target_ids");
        wish.answers().keySet().forEach(key -> targets.put(String.valueOf(key), target(key)));
    }

    private static String target(char key) {
        return "answer-" + key;
    }

    private static ObjectNode action(ArrayNode actions, String id, String type) {
        return actions.addObject().put("id", id).put("type", type).putObject("option");
    }

    /** The last action is followed by this one, wherever it stands. */
    private static void then(ArrayNode actions, String next) {
        ((ObjectNode) actions.get(actions.size() - 1)).put("next_id", next);
    }

    /** What the flow begins with. */
    static Map<String, String> variables(CallWish wish) {
        var variables = new HashMap<String, String>();
        variables.put(MESSAGE, wish.message());
        wish.answers().forEach((key, text) -> variables.put(ANSWER + key, text));
        return variables;
    }

    /** The last key that was pressed and has an answer. */
    static Optional<String> key(Map<String, String> variables, String pressed) {
        return pressed.chars()
                .mapToObj(key -> String.valueOf((char) key))
                .filter(key -> variables.containsKey(ANSWER + key))
                .reduce((one, later) -> later);
    }
}

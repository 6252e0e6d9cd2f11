package dev.outdial.dialer.flow.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.dialer.flow.DecisionAction;
import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.FlowAction;
import dev.outdial.dialer.flow.FlowStep;
import dev.outdial.dialer.flow.NearestWord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one array of actions; ids count within it. */
final class Steps {
    /** What an action has beside its options; VoIPBin's own answers hold the last one too. */
    private static final Set<String> KEYS = Set.of("id", "type", "option", "next_id", "tm_execute");

    private final Findings findings;
    private final Set<String> taken = new HashSet<>();

    private Steps(Findings findings) {
        this.findings = findings;
    }

    /** The actions under a key of an object; none where it is absent. */
    static List<FlowStep> read(Options parent, String key) {
        Map<String, JsonNode> actions = parent.elements(key, Flow.MOST_STEPS);
        return new Steps(parent.findings()).read(actions);
    }

    private List<FlowStep> read(Map<String, JsonNode> actions) {
        Map<String, String> ids = ids(actions);
        List<FlowStep> steps = new ArrayList<>();
        for (var action : actions.entrySet()) {
            if (findings.isFull()) break;
            if (action.getValue() instanceof ObjectNode there) {
                steps.add(step(there, action.getKey(), String.valueOf(ids.get(action.getKey()))));
            } else {
                findings.error(
                        action.getKey(), "an object is expected, and this is " + Options.kind(action.getValue()));
            }
        }
        return steps;
    }

    /** The id of each action by its path: the author's first, so that none that is made up is in their way. */
    private Map<String, String> ids(Map<String, JsonNode> actions) {
        var ids = new HashMap<String, String>();
        actions.forEach((path, action) -> authorsId(path, action).ifPresent(id -> {
            if (!taken.add(id)) findings.error(path + ".id", "there is another action with the id " + Quoted.of(id));
            ids.put(path, id);
        }));
        int index = 0;
        for (String path : actions.keySet()) {
            if (!ids.containsKey(path)) ids.put(path, madeUp(index));
            index++;
        }
        return ids;
    }

    private Optional<String> authorsId(String path, JsonNode action) {
        return action instanceof ObjectNode there
                ? new Options(there, path, "an action", findings).id("id")
                : Optional.empty();
    }

    private String madeUp(int index) {
        String id = "action-" + index;
        while (!taken.add(id)) id += "-";
        return id;
    }

    private FlowStep step(ObjectNode node, String path, String id) {
        var action = new Options(node, path, "an action", findings);
        String type = action.requiredText("type").strip();
        FlowAction read = action(action, path, type);
        Optional<String> next = action.id("next_id");
        node.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) tellOf(action, key);
        });
        return new FlowStep(id, type, read, next);
    }

    private static void tellOf(Options action, String key) {
        if (action.findings().isFull()) return;
        String hint = NearestWord.hint(KEYS, key);
        String where = hint.isEmpty() ? ": an action's options stand in its \"option\"" : hint;
        action.warning(key, "unknown key " + Quoted.of(key) + " of an action" + where);
    }

    private FlowAction action(Options action, String path, String type) {
        if (type.isBlank() || !action.raw("type").map(JsonNode::isTextual).orElse(false)) {
            return new DecisionAction.Empty();
        }
        var reader = ActionTypes.reader(type);
        if (reader.isEmpty()) {
            action.error("type", ActionTypes.whyNot(type));
            return new DecisionAction.Empty();
        }
        String where = Paths.of(path, "option");
        Options options =
                action.has("option") ? action.object("option", type).orElse(null) : Options.none(where, type, findings);
        // An option that is no object was told of; what is missing in it is not the author's next question.
        if (options == null) return new DecisionAction.Empty();
        FlowAction read = reader.get().apply(options);
        options.finish();
        return read;
    }
}

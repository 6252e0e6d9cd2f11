package dev.outdial.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.calls.CallPlan;
import dev.outdial.server.calls.FlowCheck;
import dev.outdial.server.http.json.Controls;
import dev.outdial.server.http.json.Fields;
import dev.outdial.server.http.json.Problems;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what is done in a call: at most one of flow_id, actions, play and say. */
final class PlanReader {
    static final int MAX_TEXT = 5000;
    static final String LANGUAGE = "en-US";

    private static final int MOST_ACTIONS = 200;
    /** What is spoken or sent to a web server, never written into SIP. */
    private static final Set<String> WORDS = Set.of("text", "data");

    private final FlowCheck check;

    PlanReader(FlowCheck check) {
        this.check = check;
    }

    CallPlan read(Fields fields) {
        Optional<String> flow = flowId(fields, "flow_id");
        Optional<String> actions = actions(fields);
        List<String> play = Targets.sounds(fields, "play");
        Optional<CallPlan.Say> say = fields.any("say").flatMap(node -> say(fields, node));
        String first = "";
        for (String name : List.of("flow_id", "actions", "play", "say")) {
            if (!fields.has(name)) continue;
            if (!first.isEmpty()) fields.wrong(name, "cannot stand beside " + first);
            else first = name;
        }
        return flow.<CallPlan>map(CallPlan.StoredFlow::new)
                .or(() -> actions.map(CallPlan.InlineFlow::new))
                .or(() -> play.isEmpty() ? Optional.empty() : Optional.of(new CallPlan.Play(play)))
                .or(() -> say)
                .orElseGet(CallPlan.Park::new);
    }

    /** The id of a flow. */
    static Optional<String> flowId(Fields fields, String name) {
        return fields.parsed(
                name,
                40,
                text -> Exchange.isId(text) ? Optional.of(text) : Optional.empty(),
                "is not the id of a flow");
    }

    private static Optional<CallPlan.Say> say(Fields fields, JsonNode node) {
        if (!node.isObject()) return fields.words("say", MAX_TEXT).map(text -> new CallPlan.Say(text, LANGUAGE, ""));
        var more = new Fields(node, fields.at("say"), fields.problems());
        var say = new CallPlan.Say(
                more.required("text", more.words("text", MAX_TEXT), ""),
                more.line("language", 20).orElse(LANGUAGE),
                more.line("voice", 60).orElse(""));
        more.done();
        return Optional.of(say);
    }

    /** An array of actions that make sense, as JSON text. */
    Optional<String> actions(Fields fields) {
        Optional<JsonNode> node = fields.any("actions");
        if (node.isEmpty()) return Optional.empty();
        List<JsonNode> items = fields.items("actions", MOST_ACTIONS);
        if (items.isEmpty()) {
            fields.wrong("actions", "must have an action");
            return Optional.empty();
        }
        Problems problems = fields.problems();
        plain(node.get(), fields.at("actions"), "", problems);
        String text = node.get().toString();
        check.problems(text)
                .forEach(problem -> problems.add(fields.at("actions") + problem.field(), problem.message()));
        return Optional.of(text);
    }

    /** No control character in what may reach SIP; depth is limited by who read the JSON. */
    private static void plain(JsonNode node, String path, String name, Problems problems) {
        if (node.isTextual()) {
            String text = node.textValue();
            if (WORDS.contains(name) ? Controls.inWords(text) : Controls.in(text))
                problems.add(path, "holds a control character");
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) plain(node.get(i), path + "[" + i + "]", name, problems);
        } else {
            node.properties().forEach(member -> {
                if (Controls.in(member.getKey())) problems.add(path, "has a name with a control character");
                else plain(member.getValue(), path + "." + member.getKey(), member.getKey(), problems);
            });
        }
    }
}

package dev.outdial.dialer.flow.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.FlowException;
import dev.outdial.dialer.flow.FlowFinding;
import dev.outdial.dialer.flow.FlowFinding.Severity;
import dev.outdial.dialer.flow.FlowStep;
import dev.outdial.dialer.flow.NearestWord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a flow: a JSON array of actions, or an object with {@code actions} and perhaps {@code name}. The body of a VoIPBin call, groupcall
 * or flow is such an object; what else stands in it, such as {@code source} and {@code destinations}, is not read here.
 *
 * <p>An action that has no {@code id} gets one of its place in the array: {@code action-2} is {@code actions[2]}. Numbers, and true and
 * false, may be written as texts. Options that are not known are left out, as with VoIPBin; {@link #examine} tells of them. At most 256 KB,
 * 64 levels and {@value Flow#MOST_STEPS} actions in one array. <b>Threading:</b> any.
 */
public final class FlowReader {
    /** What the bodies of VoIPBin hold beside actions. */
    private static final Set<String> NOT_OURS = Set.of(
            "id",
            "customer_id",
            "type",
            "source",
            "destinations",
            "flow_id",
            "anonymous",
            "variables",
            "ring_method",
            "answer_method",
            "on_complete_flow_id",
            "tm_create",
            "tm_update",
            "tm_delete");

    private FlowReader() {}

    /**
     * What there is to a text.
     *
     * @param flow what it says; empty where a finding is an error
     * @param findings all there is to say of it, in the order of the JSON
     */
    public record Examined(Optional<Flow> flow, List<FlowFinding> findings) {
        /** Copies the findings. */
        public Examined {
            findings = List.copyOf(findings);
        }
    }

    /**
     * Reads a flow.
     *
     * @throws FlowException where it is none; says of everything that is wrong where it is
     */
    public static Flow read(String json) {
        Examined examined = examine(json);
        return examined.flow()
                .orElseThrow(() -> new FlowException(examined.findings().stream()
                        .filter(finding -> finding.severity() == Severity.ERROR)
                        .toList()));
    }

    /**
     * Reads a flow from a file in UTF-8.
     *
     * @throws IOException where the file cannot be read
     * @throws FlowException where it is none; says of everything that is wrong where it is
     */
    public static Flow read(Path file) throws IOException {
        return read(FlowText.of(file));
    }

    /**
     * The text of a file in UTF-8, for {@link #examine}.
     *
     * @throws IOException where the file cannot be read
     * @throws FlowException where it is no text, or longer than any flow
     */
    public static String text(Path file) throws IOException {
        return FlowText.of(file);
    }

    /** Reads a flow and tells of what is odd about it, too: options that nobody knows, and what is not done. */
    public static Examined examine(String json) {
        JsonNode tree;
        try {
            tree = FlowText.parse(json);
        } catch (FlowException none) {
            return new Examined(Optional.empty(), none.findings());
        }
        var findings = new Findings();
        Optional<Flow> flow = read(tree, findings);
        List<FlowFinding> told = FlowPlaces.of(tree).inOrder(findings.list());
        return new Examined(findings.hasErrors() ? Optional.empty() : flow, told);
    }

    private static Optional<Flow> read(JsonNode tree, Findings findings) {
        if (tree.isArray()) {
            ObjectNode alone = JsonNodeFactory.instance.objectNode().set(Paths.ACTIONS, tree);
            return Optional.of(new Flow("", Steps.read(new Options(alone, "", "a flow", findings), Paths.ACTIONS)));
        }
        if (tree instanceof ObjectNode whole) return Optional.of(flow(whole, findings));
        findings.error(
                "", "an array of actions, or an object that has one, is expected, and this is " + Options.kind(tree));
        return Optional.empty();
    }

    private static Flow flow(ObjectNode whole, Findings findings) {
        var body = new Options(whole, "", "a flow", findings);
        body.ignore("detail");
        body.ignore(NOT_OURS.toArray(String[]::new));
        String name = body.text("name").orElse("");
        List<FlowStep> steps = Steps.read(body, Paths.ACTIONS);
        if (!body.has(Paths.ACTIONS)) body.error(Paths.ACTIONS, "an array of actions is expected here" + meant(whole));
        body.finish();
        return new Flow(name, steps);
    }

    private static String meant(ObjectNode whole) {
        var keys = new java.util.ArrayList<String>();
        whole.fieldNames().forEachRemaining(keys::add);
        return NearestWord.among(keys, Paths.ACTIONS)
                .map(key -> ", and there is " + Quoted.of(key))
                .orElse("");
    }
}

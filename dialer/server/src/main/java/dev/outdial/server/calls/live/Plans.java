package dev.outdial.server.calls.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.FlowFinding;
import dev.outdial.dialer.flow.json.FlowReader;
import dev.outdial.server.calls.CallPlan;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.store.StoredDocument;
import dev.outdial.server.store.Tables;
import java.util.List;
import java.util.Optional;

/** What is done in a call as the flow that does it. <b>Threading:</b> any. */
final class Plans {
    private static final String USUAL_LANGUAGE = "en-US";

    private Plans() {}

    /** The flow of a plan; empty for none, or for a stored one that is not there any more. */
    static Optional<Flow> flow(Tables tables, String account, CallPlan plan) {
        return switch (plan) {
            case CallPlan.StoredFlow stored -> flow(tables, account, stored.flowId());
            case CallPlan.InlineFlow inline -> Optional.of(FlowReader.read(inline.actions()));
            case CallPlan.Play play -> Optional.of(FlowReader.read(playing(play)));
            case CallPlan.Say say -> Optional.of(FlowReader.read(saying(say)));
            case CallPlan.Park park -> Optional.empty();
        };
    }

    /** A stored flow of an account. */
    static Optional<Flow> flow(Tables tables, String account, String flowId) {
        return tables.flows().find(account, flowId).map(Plans::read);
    }

    private static Flow read(StoredDocument stored) {
        JsonNode actions = CallViews.stored(stored.body()).path("actions");
        return FlowReader.read(actions.isTextual() ? actions.asText() : actions.toString());
    }

    private static String playing(CallPlan.Play play) {
        ObjectNode option = JsonNodeFactory.instance.objectNode();
        var urls = option.putArray("stream_urls");
        play.urls().forEach(url -> urls.add(Clips.fileName(url)));
        return action("play", option);
    }

    private static String saying(CallPlan.Say say) {
        ObjectNode option = JsonNodeFactory.instance
                .objectNode()
                .put("text", say.text())
                .put("language", say.language().isBlank() ? USUAL_LANGUAGE : say.language());
        if (!say.voice().isBlank()) option.put("voice_id", say.voice());
        return action("talk", option);
    }

    private static String action(String type, ObjectNode option) {
        ObjectNode action = JsonNodeFactory.instance.objectNode().put("type", type);
        action.set("option", option);
        return JsonNodeFactory.instance.arrayNode().add(action).toString();
    }

    /** All that is wrong with a plan, before it is accepted; nothing where all is well. */
    static List<ServiceException.Field> problems(Tables tables, String account, CallPlan plan) {
        return switch (plan) {
            case CallPlan.StoredFlow stored ->
                tables.flows().find(account, stored.flowId()).isPresent()
                        ? List.of()
                        : List.of(new ServiceException.Field("flow_id", "there is no flow " + stored.flowId()));
            case CallPlan.InlineFlow inline -> problems(inline.actions(), "");
            case CallPlan.Play play -> problems(playing(play), "play");
            case CallPlan.Say say -> problems(saying(say), "say");
            case CallPlan.Park park -> List.of();
        };
    }

    private static List<ServiceException.Field> problems(String actions, String field) {
        return FlowReader.examine(actions).findings().stream()
                .filter(finding -> finding.severity() == FlowFinding.Severity.ERROR)
                .map(finding -> new ServiceException.Field(
                        field.isEmpty() ? (finding.path().isEmpty() ? "actions" : finding.path()) : field,
                        finding.sentence()))
                .toList();
    }
}

package dev.outdial.server.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.calls.CallViews;
import java.util.Map;

/** Events as the native API tells them: the same in webhooks as in {@code GET /events}, but for the cursor, which is not given yet. */
final class NativeProfile {
    static final String NAME = "native";
    static final String JSON = "application/json";

    private NativeProfile() {}

    /** @param url where to; empty for where the webhook is when it is sent */
    static Profile.Message message(CallEventRecord event, String method, String url) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", event.id())
                .put("type", event.type())
                .put("time", CallViews.time(event.time()))
                .put("seq", event.seq())
                .put("call_id", event.callId());
        json.set("data", CallViews.stored(event.data()));
        return new Profile.Message(method, url, JSON, json.toString(), Map.of());
    }
}

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

    static Profile.Message message(CallEventRecord event) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", event.id())
                .put("type", event.type())
                .put("time", CallViews.time(event.time()))
                .put("seq", event.seq())
                .put("call_id", event.callId());
        json.set("data", CallViews.stored(event.data()));
        return new Profile.Message("POST", "", JSON, json.toString(), Map.of());
    }
}

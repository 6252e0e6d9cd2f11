package dev.outdial.server.crash;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.outdial.server.webhook.WebhookReceiver.Delivery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a receiver of webhooks was told, in the order in which it came. */
final class ToldEvents {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** The ids of the events of each call, by their number in it from 1. */
    private final Map<String, List<String>> eventsOfCalls = new HashMap<>();

    private final List<String> troubles = new ArrayList<>();
    private int repeated;

    static ToldEvents of(List<Delivery> deliveries, String secret) {
        var told = new ToldEvents();
        deliveries.forEach(delivery -> told.add(delivery, secret));
        return told;
    }

    private void add(Delivery delivery, String secret) {
        if (!delivery.isSignedWith(secret)) troubles.add("badly signed: " + delivery.id());
        JsonNode event = parsed(delivery.body());
        String call = event.path("call_id").asText();
        if (!event.path("id").asText().equals(delivery.id())) troubles.add("another id: " + delivery.id());
        if (call.isEmpty()) return;
        List<String> before = eventsOfCalls.computeIfAbsent(call, one -> new ArrayList<>());
        int seq = event.path("seq").asInt();
        if (seq == before.size() + 1) {
            before.add(delivery.id());
        } else if (seq <= before.size()) {
            repeated++;
            if (!before.get(seq - 1).equals(delivery.id())) troubles.add("two events " + seq + " of call " + call);
        } else {
            troubles.add("event " + seq + " of call " + call + " came after " + before.size());
        }
    }

    private static JsonNode parsed(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(body, broken);
        }
    }

    List<String> ofCall(String call) {
        return eventsOfCalls.getOrDefault(call, List.of());
    }

    /** Badly signed ones, and those that came too early. */
    List<String> troubles() {
        return troubles;
    }

    /** How many came more than once, as they may. */
    int repeated() {
        return repeated;
    }
}

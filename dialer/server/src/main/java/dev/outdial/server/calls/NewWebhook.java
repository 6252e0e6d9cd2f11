package dev.outdial.server.calls;

import java.util.List;

/** Where somebody wants events sent; parts as in {@link WebhookRecord}. */
public record NewWebhook(String url, List<String> types, boolean enabled) {
    /** Copies the types. */
    public NewWebhook {
        types = List.copyOf(types);
    }
}

package dev.outdial.server.calls;

import java.util.List;

/** Where somebody wants events sent; parts as in {@link WebhookRecord}. */
public record NewWebhook(String url, List<String> types, boolean enabled, String profile, String method) {
    /** Copies the types. */
    public NewWebhook {
        types = List.copyOf(types);
    }

    /** As the native API tells events. */
    public NewWebhook(String url, List<String> types, boolean enabled) {
        this(url, types, enabled, "native", "POST");
    }
}

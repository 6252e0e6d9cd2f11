package dev.outdial.dialer.flow.json;

import dev.outdial.dialer.flow.OutsideAction.Fetch;
import dev.outdial.dialer.flow.OutsideAction.FetchFlow;
import dev.outdial.dialer.flow.OutsideAction.WebhookSend;
import java.util.Locale;
import java.util.Map;

/** Reads what asks or tells somebody else. */
final class OutsideActions {
    private static final Map<String, String> METHODS =
            Map.of("POST", "POST", "GET", "GET", "PUT", "PUT", "DELETE", "DELETE");

    private OutsideActions() {}

    static Fetch fetch(Options options) {
        return new Fetch(url(options, "event_url"), method(options, "event_method"));
    }

    static FetchFlow fetchFlow(Options options) {
        return new FetchFlow(options.requiredText("flow_id").strip());
    }

    static WebhookSend webhookSend(Options options) {
        return new WebhookSend(
                options.flag("sync", false),
                url(options, "uri"),
                method(options, "method"),
                options.text("data_type").orElse(""),
                options.text("data").orElse(""));
    }

    private static String url(Options options, String key) {
        String url = options.requiredText(key).strip();
        boolean web = url.toLowerCase(Locale.ROOT).matches("https?://.*");
        // A variable may hold all of it.
        if (!web && !url.startsWith("${") && options.written(key).isPresent()) {
            options.error(key, Quoted.of(url) + " is no address: http://... or https://... is expected");
        }
        return url;
    }

    private static String method(Options options, String key) {
        String written = options.written(key).map(String::strip).orElse("");
        if (written.contains("${")) return written;
        String typed = written.toUpperCase(Locale.ROOT);
        return METHODS.containsKey(typed) ? typed : options.word(key, "POST", METHODS);
    }
}

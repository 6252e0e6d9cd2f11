package dev.outdial.server.http;

import dev.outdial.server.http.json.Fields;
import java.util.List;

/** What is to be played now. @param volumeDb louder or softer than it is */
record Sound(List<String> urls, boolean loop, double volumeDb) {
    static Sound read(Fields fields) {
        List<String> urls = Targets.sounds(fields, "urls");
        if (urls.isEmpty()) fields.wrong("urls", fields.has("urls") ? "must have an address" : "is required");
        return new Sound(
                urls,
                fields.flag("loop", false),
                fields.number("volume", -24, 24).orElse(0.0));
    }
}

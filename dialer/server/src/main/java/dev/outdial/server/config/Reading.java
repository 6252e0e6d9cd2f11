package dev.outdial.server.config;

import java.util.List;
import java.util.Map;

/** A configuration, and what was written for it: to be compared with what is written later. <b>Threading:</b> any. */
public final class Reading {
    private final ServerConfig config;
    /** Of the server, with what holds by default; by their paths. */
    private final Map<String, String> settings;

    Reading(ServerConfig config, Map<String, String> settings) {
        this.config = config;
        this.settings = Map.copyOf(settings);
    }

    public ServerConfig config() {
        return config;
    }

    /** The settings that say something else than another time, in the order of the file; trunks are not among them. */
    public List<String> changedSince(Reading before) {
        return Key.SERVER.stream()
                .map(Key::path)
                .filter(path -> !settings.getOrDefault(path, "").equals(before.settings.getOrDefault(path, "")))
                .toList();
    }
}

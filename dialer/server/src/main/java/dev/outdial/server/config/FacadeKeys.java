package dev.outdial.server.config;

import dev.outdial.server.calls.NewFacadeKey;
import dev.outdial.server.calls.Secret;
import dev.outdial.server.facade.FacadeOptions;
import dev.outdial.server.facade.FacadeOptions.Credential;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The settings of the APIs that are answered as other systems do. */
final class FacadeKeys {
    static final List<String> NAMES = NewFacadeKey.FACADES;

    /** Those that one of them has alone. */
    private static final List<Key> OWN = List.of(
            Key.of(
                    "facades.bandwidth.calls_per_second",
                    "0",
                    "How many calls a second a user may make; 0 for any number."),
            Key.of("facades.bandwidth.calls_burst", "1", "How many of them at once after a pause."),
            Key.of(
                    "facades.bandwidth.requests_per_second",
                    "0",
                    "How many other requests a second a user may make; 0 for any number."),
            Key.of("facades.bandwidth.requests_burst", "1", "How many of them at once after a pause."));

    static final List<Key> ALL = all();

    private FacadeKeys() {}

    private static List<Key> all() {
        var keys = new ArrayList<Key>();
        for (String name : NAMES) {
            keys.add(Key.of(path(name, "enabled"), "true", "Whether this API is served."));
            keys.add(Key.of(path(name, "host"), "", "The only host name that it is served under; empty for any."));
            keys.add(Key.of(path(name, "port"), "0", "A port of its own; 0 for the server's."));
            keys.add(new Key(
                    path(name, "credentials"),
                    "",
                    "User names and secrets of the first account, for tests, as name:secret; 'outdial keys create' makes better ones.",
                    true,
                    true));
            OWN.stream().filter(key -> key.path().startsWith(path(name, ""))).forEach(keys::add);
        }
        return List.copyOf(keys);
    }

    private static String path(String name, String setting) {
        return "facades." + name + "." + setting;
    }

    /** What they were set to, by their names. */
    static Map<String, FacadeOptions> read(Values values) {
        var options = new HashMap<String, FacadeOptions>();
        for (String name : NAMES) {
            int port = values.integer(path(name, "port"), 0, 65535);
            options.put(
                    name,
                    new FacadeOptions(
                            values.flag(path(name, "enabled")),
                            values.maybe(path(name, "host")),
                            port == 0 ? OptionalInt.empty() : OptionalInt.of(port),
                            own(name, values),
                            credentials(path(name, "credentials"), values)));
        }
        return options;
    }

    private static Map<String, String> own(String name, Values values) {
        var own = new HashMap<String, String>();
        String prefix = path(name, "");
        for (Key key : OWN) {
            if (key.path().startsWith(prefix)) own.put(key.path().substring(prefix.length()), values.text(key.path()));
        }
        return own;
    }

    private static List<Credential> credentials(String path, Values values) {
        var credentials = new ArrayList<Credential>();
        for (String text : values.list(path)) {
            int colon = text.indexOf(':');
            if (colon < 0 || colon == text.length() - 1) {
                values.refuse(path, "name:secret is expected");
            } else {
                credentials.add(new Credential(text.substring(0, colon), new Secret(text.substring(colon + 1))));
            }
        }
        return credentials;
    }
}

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
import java.util.regex.Pattern;

/** The settings of the APIs that are answered as other systems do. */
final class FacadeKeys {
    static final List<String> NAMES = NewFacadeKey.FACADES;

    /** Those that one of them has alone. */
    private static final List<Key> OWN = List.of(
            Key.of(
                    path("cequens", "path"),
                    "/voice/v1/calls",
                    "The path that takes calls; the original's is not published."),
            Key.of(
                    path("cequens", "names"),
                    "",
                    "Names of fields besides the usual ones, as recipient=phone, sayText=message."),
            Key.of(
                    path("voice2phone", "allow_http"),
                    "false",
                    "Whether plain HTTP is taken, and not refused with 403."),
            Key.of(
                    path("voice2phone", "statuses"),
                    "",
                    "Other numbers of statuses, as busy=13, failed=15; usual are queued=0, in_progress=1, completed=2, busy=3, no_answer=4, failed=5, rejected=6, canceled=7."),
            Key.of(
                    path("voice2phone", "requests_per_second"),
                    "0",
                    "How many requests a second one key may make; 0 for any number."),
            Key.of(
                    path("voice2phone", "wait"),
                    "3",
                    "How many seconds a call may wait for a free channel before it is answered with 402, 0 to 60."),
            Key.of(
                    path("bandwidth", "calls_per_second"),
                    "0",
                    "How many calls a second a user may make; 0 for any number."),
            Key.of(path("bandwidth", "calls_burst"), "1", "How many of them at once after a pause."),
            Key.of(
                    path("bandwidth", "requests_per_second"),
                    "0",
                    "How many other requests a second a user may make; 0 for any number."),
            Key.of(path("bandwidth", "requests_burst"), "1", "How many of them at once after a pause."),
            Key.of(
                    path("voipbin", "response"),
                    "array",
                    "How new calls are answered: array, or object as its later versions have it."),
            Key.of(
                    path("voipbin", "unset_time"),
                    "sentinel",
                    "Times that have not come yet: sentinel (9999-01-01 ...), empty or omit."),
            Key.of(
                    path("voipbin", "webhook_uri"),
                    "",
                    "Where all that happens to calls of this API is told; empty for nowhere."),
            Key.of(path("voipbin", "webhook_method"), "POST", "How it is told there: POST or GET."),
            Key.of(
                    path("voipbin", "balance"),
                    "",
                    "What may be spent: with 0 or less calls are refused; empty for any amount."),
            Key.of(path("voipbin", "ring_seconds"), "60", "How long its calls ring."),
            Key.of(path("voipbin", "longest_seconds"), "3600", "How long its calls last at most."),
            Key.of(path("voipbin", "hold_music"), "", "URL of a sound that is heard on hold; silence without one."));

    /** How such a setting must look. */
    private record Form(Pattern pattern, String sentence) {}

    private static final Form SECONDS =
            new Form(Pattern.compile("[1-9][0-9]{0,4}"), "a number from 1 to 99999 is expected");

    private static final Map<String, Form> FORMS = Map.ofEntries(
            Map.entry(
                    path("cequens", "path"),
                    new Form(Pattern.compile("(/[A-Za-z0-9._~-]+)+"), "a path is expected, as /voice/v1/calls")),
            Map.entry(
                    path("cequens", "names"),
                    new Form(
                            pairs(
                                    "recipient|sayText|voice|neural|audioUrl|repeat|timeout|dtmf|dtmfCallbackEndpoint|statusCallbackEndpoint|metadata",
                                    "[A-Za-z_][A-Za-z0-9_.-]{0,99}"),
                            "fields and their names are expected, as recipient=phone, sayText=message")),
            Map.entry(
                    path("voice2phone", "allow_http"),
                    new Form(Pattern.compile("true|false"), "true or false is expected")),
            Map.entry(
                    path("voice2phone", "statuses"),
                    new Form(
                            pairs(
                                    "queued|in_progress|completed|busy|no_answer|failed|rejected|canceled",
                                    "-?[0-9]{1,6}"),
                            "statuses and their numbers are expected, as busy=13, failed=15")),
            Map.entry(
                    path("voice2phone", "requests_per_second"),
                    new Form(Pattern.compile("[0-9]{1,5}(\\.[0-9]{1,3})?"), "a number is expected")),
            Map.entry(
                    path("voice2phone", "wait"),
                    new Form(Pattern.compile("[1-5]?[0-9]|60"), "a number from 0 to 60 is expected")),
            Map.entry(
                    path("voipbin", "response"),
                    new Form(Pattern.compile("array|object"), "array or object is expected")),
            Map.entry(
                    path("voipbin", "unset_time"),
                    new Form(Pattern.compile("sentinel|empty|omit"), "sentinel, empty or omit is expected")),
            Map.entry(
                    path("voipbin", "webhook_uri"),
                    new Form(Pattern.compile("(https?://.+)?"), "an http or https address is expected")),
            Map.entry(
                    path("voipbin", "webhook_method"),
                    new Form(Pattern.compile("POST|GET"), "POST or GET is expected")),
            Map.entry(
                    path("voipbin", "balance"),
                    new Form(Pattern.compile("(-?[0-9]{1,12}(\\.[0-9]{1,6})?)?"), "a number is expected")),
            Map.entry(path("voipbin", "ring_seconds"), SECONDS),
            Map.entry(path("voipbin", "longest_seconds"), SECONDS));

    /** The pages are served as the APIs are; people sign in to them with access keys. */
    private static final String PAGES = "dashboard";

    private static final List<Key> DASHBOARD = List.of(
            Key.of(PAGES + ".enabled", "true", "Whether the pages at / are served."),
            Key.of(PAGES + ".host", "", "The only host name that they are served under; empty for any."),
            Key.of(PAGES + ".port", "0", "A port of their own; 0 for the server's."));

    static final List<Key> ALL = all();

    private FacadeKeys() {}

    private static List<Key> all() {
        var keys = new ArrayList<Key>(DASHBOARD);
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

    private static Pattern pairs(String names, String value) {
        String pair = " *(" + names + ") *= *" + value + " *";
        return Pattern.compile("(" + pair + "(," + pair + ")*)?");
    }

    private static String path(String name, String setting) {
        return "facades." + name + "." + setting;
    }

    /** What they were set to, by their names. */
    static Map<String, FacadeOptions> read(Values values) {
        var options = new HashMap<String, FacadeOptions>();
        options.put(PAGES, options(PAGES, values, Map.of(), List.of()));
        for (String name : NAMES) {
            options.put(
                    name,
                    options(
                            "facades." + name,
                            values,
                            own(name, values),
                            credentials(path(name, "credentials"), values)));
        }
        return options;
    }

    private static FacadeOptions options(
            String path, Values values, Map<String, String> own, List<Credential> credentials) {
        int port = values.integer(path + ".port", 0, 65535);
        return new FacadeOptions(
                values.flag(path + ".enabled"),
                values.maybe(path + ".host"),
                port == 0 ? OptionalInt.empty() : OptionalInt.of(port),
                own,
                credentials);
    }

    private static Map<String, String> own(String name, Values values) {
        var own = new HashMap<String, String>();
        String prefix = path(name, "");
        for (Key key : OWN) {
            if (key.path().startsWith(prefix)) own.put(key.path().substring(prefix.length()), own(key, values));
        }
        return own;
    }

    private static String own(Key key, Values values) {
        String text = values.text(key.path());
        Form form = FORMS.get(key.path());
        if (form == null || form.pattern().matcher(text).matches()) return text;
        values.refuse(key.path(), form.sentence());
        return key.byDefault();
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

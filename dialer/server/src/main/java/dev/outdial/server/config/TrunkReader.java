package dev.outdial.server.config;

import dev.outdial.dialer.pace.PaceLimits;
import dev.outdial.dialer.trunk.DialFormat;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.server.calls.Secret;
import dev.outdial.server.calls.TrunkSettings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the settings of a trunk. */
final class TrunkReader {
    private static final Set<String> CODECS = Set.of("PCMU", "PCMA", "G722", "OPUS", "L16");

    private static final Duration SHORTEST_BINDING = Duration.ofSeconds(30);
    private static final Duration LONGEST_BINDING = Duration.ofDays(1);

    private TrunkReader() {}

    static TrunkOptions read(Values values) {
        for (String path : List.of("name", "host")) {
            if (values.text(path).isEmpty()) values.refuse(path, "a value is expected");
        }
        if (!values.text("host").matches("[0-9A-Za-z.\\-]*|\\[?[0-9A-Fa-f:.]+]?")) {
            values.refuse("host", "a name or an address is expected, without sip: and port");
        }
        Optional<Secret> password = values.maybe("password").map(Secret::new);
        if (password.isPresent()
                && values.text("username").isEmpty()
                && values.text("auth_username").isEmpty()) {
            values.refuse("password", "a password without a username");
        }
        List<String> codecs = values.list("codecs").stream()
                .map(codec -> codec.toUpperCase(Locale.ROOT))
                .toList();
        if (codecs.isEmpty()
                || !CODECS.containsAll(codecs)
                || Set.copyOf(codecs).size() < codecs.size()) {
            values.refuse("codecs", "some of pcmu, pcma, g722, opus, l16 are expected, each once");
        }
        var settings = new TrunkSettings(
                values.text("name"),
                values.text("host"),
                values.integer("port", 0, 65535),
                values.word("transport", Set.of("udp", "tcp", "tls")),
                proxy(values),
                values.text("username"),
                values.text("auth_username"),
                values.text("realm"),
                values.flag("register"),
                (int) values.time("expires", SHORTEST_BINDING, LONGEST_BINDING).toSeconds(),
                values.text("from_domain"),
                values.text("tech_prefix"),
                values.text("tech_postfix"),
                headers(values),
                codecs,
                values.word("dtmf", Set.of("rfc4733", "info")),
                values.integer("max_channels", 0, 100_000),
                values.number("max_cps", 10_000),
                values.integer("options_every", 0, 3600),
                values.flag("user_phone"),
                values.word("srtp", Set.of("off", "optional", "required")));
        return new TrunkOptions(
                settings,
                password,
                values.maybe("caller_id"),
                values.maybe("display_name"),
                values.flag("symmetric_rtp"));
    }

    private static String proxy(Values values) {
        Optional<String> proxy = values.maybe("outbound_proxy");
        try {
            var unused = proxy.map(Trunk.of("trunk", "sip:trunk.invalid")::withOutboundProxy);
        } catch (IllegalArgumentException wrong) {
            values.refuse("outbound_proxy", String.valueOf(wrong.getMessage()));
        }
        return proxy.orElse("");
    }

    private static Map<String, String> headers(Values values) {
        DialFormat format = DialFormat.PLAIN;
        for (String header : values.list("headers")) {
            int equals = header.indexOf('=');
            try {
                if (equals < 1) values.refuse("headers", "X-Name=value is expected");
                else format = format.withHeader(header.substring(0, equals), header.substring(equals + 1));
            } catch (IllegalArgumentException wrong) {
                values.refuse("headers", String.valueOf(wrong.getMessage()));
            }
        }
        return format.headers();
    }

    /** Limits as they are written: 0 for none. */
    static PaceLimits pace(double callsPerSecond, int atOnce) {
        return new PaceLimits(
                callsPerSecond > 0 ? callsPerSecond : Double.POSITIVE_INFINITY,
                atOnce > 0 ? atOnce : Integer.MAX_VALUE);
    }
}

package dev.outdial.server.http;

import static dev.outdial.server.http.Routes.API;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.calls.Secret;
import dev.outdial.server.calls.TrunkRecord;
import dev.outdial.server.calls.TrunkReload;
import dev.outdial.server.calls.TrunkService;
import dev.outdial.server.calls.TrunkSettings;
import dev.outdial.server.calls.TrunkStatus;
import dev.outdial.server.http.json.Fields;
import dev.outdial.server.http.json.JsonText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Trunks. Their passwords are taken and never told. */
final class TrunkRoutes {
    private static final String TRUNKS = API + "/trunks";
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,252})|\\[?[0-9A-Fa-f:.]{2,45}]?");
    private static final Pattern PROXY =
            Pattern.compile("(?:sips?:)?[A-Za-z0-9.:\\[\\]_-]{1,255}(?:;transport=(?:udp|tcp|tls))?");
    private static final Pattern TECH = Pattern.compile("[0-9A-Za-z*#+]{1,20}");
    private static final Pattern USER = Pattern.compile("[^\\s<>\"@:;]{1,100}");
    private static final List<String> CODECS = List.of("PCMU", "PCMA", "G722", "OPUS");

    private final TrunkService trunks;

    TrunkRoutes(TrunkService trunks) {
        this.trunks = trunks;
    }

    private record Wanted(TrunkSettings settings, Optional<Secret> password) {}

    List<Route> routes() {
        var kept = new Keeping<TrunkRecord, Wanted>(TRUNKS, TrunkRoutes::wanted, TrunkRoutes::json)
                .all(
                        Scope.READ,
                        Scope.ADMIN,
                        (account, wanted, key) -> trunks.create(account, wanted.settings(), wanted.password(), key),
                        trunks::list,
                        trunks::get,
                        (account, id, wanted) -> trunks.replace(account, id, wanted.settings(), wanted.password()),
                        trunks::delete);
        var routes = new ArrayList<>(kept);
        routes.add(Route.post(TRUNKS + "/{id}/register", Scope.ADMIN, exchange -> {
            Fields body = exchange.body();
            body.done();
            body.problems().throwIfAny();
            return Reply.ok(json(trunks.register(exchange.account(), exchange.id())));
        }));
        routes.add(Route.get(
                TRUNKS + "/{id}/status",
                Scope.READ,
                exchange -> Reply.ok(json(trunks.status(exchange.account(), exchange.id())))));
        routes.add(Route.post(TRUNKS + "/reload", Scope.ADMIN, exchange -> {
            Fields body = exchange.body();
            body.done();
            body.problems().throwIfAny();
            return Reply.ok(json(trunks.reload(exchange.account())));
        }));
        return routes;
    }

    private static Optional<String> matching(Pattern pattern, String text) {
        return pattern.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    private static String matching(Fields fields, String name, Pattern pattern, String must) {
        return fields.parsed(name, 260, text -> matching(pattern, text), must).orElse("");
    }

    private static Wanted wanted(Fields fields) {
        String username = matching(fields, "username", USER, "is not a user name");
        var settings = new TrunkSettings(
                fields.required(
                        "name",
                        fields.parsed("name", 100, NewCalls::name, "must be letters, digits, . _ - or space"),
                        ""),
                fields.required("host", fields.parsed("host", 255, text -> matching(HOST, text), "is not a host"), ""),
                fields.integer("port", 0, 65535).orElse(0),
                fields.choice("transport", List.of("udp", "tcp", "tls"), "udp"),
                matching(
                        fields,
                        "outbound_proxy",
                        PROXY,
                        "must be host, host:port or sip:host:port;transport=udp, tcp or tls"),
                username,
                matching(fields, "auth_username", USER, "is not a user name"),
                fields.line("realm", 100).orElse(""),
                fields.flag("register", !username.isEmpty()),
                seconds(fields),
                matching(fields, "from_domain", HOST, "is not a host"),
                matching(fields, "tech_prefix", TECH, "must be 1 to 20 letters, digits, *, # or +"),
                matching(fields, "tech_postfix", TECH, "must be 1 to 20 letters, digits, *, # or +"),
                NewCalls.headers(fields),
                codecs(fields),
                fields.choice("dtmf", List.of("rfc4733", "info", "inband", "auto"), "auto"),
                fields.integer("max_channels", 1, 10_000).orElse(10),
                fields.number("max_cps", 0.01, 1000).orElse(2.0),
                optionsSeconds(fields),
                fields.flag("user_phone", false),
                fields.choice("srtp", List.of("off", "optional", "required"), "off"));
        return new Wanted(settings, fields.line("password", 200).map(Secret::new));
    }

    private static int seconds(Fields fields) {
        return (int) fields.duration("expires", Duration.ofSeconds(30), Duration.ofDays(1))
                .orElse(Duration.ofSeconds(300))
                .toSeconds();
    }

    /** Whole seconds; 0 for never. */
    private static int optionsSeconds(Fields fields) {
        Duration every = fields.duration("options_every", Duration.ZERO, Duration.ofHours(1))
                .orElse(Duration.ZERO);
        if (every.getNano() != 0) fields.wrong("options_every", "must be whole seconds, or 0 for never");
        return (int) every.toSeconds();
    }

    private static List<String> codecs(Fields fields) {
        List<String> codecs = fields.lines("codecs", CODECS.size(), 10);
        for (int i = 0; i < codecs.size(); i++)
            if (!CODECS.contains(codecs.get(i)))
                fields.wrong("codecs[" + i + "]", "must be one of " + String.join(", ", CODECS));
        return codecs.isEmpty() ? List.of("PCMU", "PCMA") : codecs;
    }

    private static ObjectNode json(TrunkRecord trunk) {
        TrunkSettings settings = trunk.settings();
        ObjectNode json = JsonText.MAPPER
                .createObjectNode()
                .put("id", trunk.id())
                .put("account", trunk.account())
                .put("name", settings.name())
                .put("host", settings.host())
                .put("port", settings.port())
                .put("transport", settings.transport())
                .put("outbound_proxy", settings.outboundProxy())
                .put("username", settings.username())
                .put("auth_username", settings.authUsername())
                .put("has_password", trunk.hasPassword())
                .put("realm", settings.realm())
                .put("register", settings.register())
                .put("expires", settings.expiresSeconds())
                .put("from_domain", settings.fromDomain())
                .put("tech_prefix", settings.techPrefix())
                .put("tech_postfix", settings.techPostfix());
        ObjectNode headers = json.putObject("headers");
        for (Map.Entry<String, String> header : settings.headers().entrySet())
            headers.put(header.getKey(), header.getValue());
        var codecs = json.putArray("codecs");
        settings.codecs().forEach(codecs::add);
        json.put("dtmf", settings.dtmf())
                .put("max_channels", settings.maxChannels())
                .put("max_cps", settings.maxCallsPerSecond())
                .put("options_every", settings.optionsSeconds())
                .put("user_phone", settings.userPhone())
                .put("srtp", settings.srtp());
        json.set("status", json(trunk.status()));
        return json.put("t_create", CallViews.time(trunk.created())).put("t_update", CallViews.time(trunk.updated()));
    }

    private static ObjectNode json(TrunkReload reload) {
        ObjectNode json = JsonText.MAPPER.createObjectNode();
        reload.added().forEach(json.putArray("added")::add);
        reload.changed().forEach(json.putArray("changed")::add);
        reload.removed().forEach(json.putArray("removed")::add);
        reload.needsRestart().forEach(json.putArray("needs_restart")::add);
        return json;
    }

    private static ObjectNode json(TrunkStatus status) {
        ObjectNode json = JsonText.MAPPER.createObjectNode().put("state", status.state());
        status.sipCode().ifPresentOrElse(code -> json.put("sip_code", code), () -> json.putNull("sip_code"));
        json.put("reason", status.reason());
        json.set("until", CallViews.time(status.until()));
        return json.put("channels_in_use", status.channelsInUse());
    }
}

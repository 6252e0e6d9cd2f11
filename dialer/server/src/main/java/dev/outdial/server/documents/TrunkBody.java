package dev.outdial.server.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.Secret;
import dev.outdial.server.calls.TrunkSettings;
import dev.outdial.server.store.StoredDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A trunk as it stands in its document. */
final class TrunkBody {
    private TrunkBody() {}

    static String text(TrunkSettings settings, Optional<Secret> password) {
        ObjectNode body = Body.make()
                .put("host", settings.host())
                .put("port", settings.port())
                .put("transport", settings.transport())
                .put("outbound_proxy", settings.outboundProxy())
                .put("username", settings.username())
                .put("auth_username", settings.authUsername())
                .put("realm", settings.realm())
                .put("register", settings.register())
                .put("expires", settings.expiresSeconds())
                .put("from_domain", settings.fromDomain())
                .put("tech_prefix", settings.techPrefix())
                .put("tech_postfix", settings.techPostfix())
                .put("dtmf", settings.dtmf())
                .put("max_channels", settings.maxChannels())
                .put("max_cps", settings.maxCallsPerSecond())
                .put("options_every", settings.optionsSeconds())
                .put("user_phone", settings.userPhone())
                .put("srtp", settings.srtp());
        ObjectNode headers = body.putObject("headers");
        settings.headers().forEach(headers::put);
        var codecs = body.putArray("codecs");
        settings.codecs().forEach(codecs::add);
        password.ifPresent(secret -> body.put("password", secret.value()));
        return body.toString();
    }

    static TrunkSettings settings(StoredDocument document) {
        JsonNode body = Body.read(document.body());
        Map<String, String> headers = new HashMap<>();
        body.path("headers")
                .properties()
                .forEach(entry -> headers.put(entry.getKey(), entry.getValue().asText()));
        List<String> codecs = new ArrayList<>();
        body.path("codecs").forEach(codec -> codecs.add(codec.asText()));
        return new TrunkSettings(
                document.name(),
                body.path("host").asText(),
                body.path("port").asInt(),
                body.path("transport").asText(),
                body.path("outbound_proxy").asText(),
                body.path("username").asText(),
                body.path("auth_username").asText(),
                body.path("realm").asText(),
                body.path("register").asBoolean(),
                body.path("expires").asInt(),
                body.path("from_domain").asText(),
                body.path("tech_prefix").asText(),
                body.path("tech_postfix").asText(),
                headers,
                codecs,
                body.path("dtmf").asText(),
                body.path("max_channels").asInt(),
                body.path("max_cps").asDouble(),
                body.path("options_every").asInt(),
                body.path("user_phone").asBoolean(),
                body.path("srtp").asText());
    }

    static Optional<Secret> password(StoredDocument document) {
        String text = Body.read(document.body()).path("password").asText();
        return text.isEmpty() ? Optional.empty() : Optional.of(new Secret(text));
    }
}

package dev.outdial.server.documents;

import dev.outdial.dialer.trunk.Codec;
import dev.outdial.dialer.trunk.DialFormat;
import dev.outdial.dialer.trunk.Encryption;
import dev.outdial.dialer.trunk.KeyMethod;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.dialer.trunk.WireOptions;
import dev.outdial.server.calls.Secret;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.TrunkSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Trunks as the engine takes them. */
public final class EngineTrunks {
    private EngineTrunks() {}

    /**
     * The engine's trunk.
     *
     * @throws ServiceException INVALID, with a field for each setting that the engine does not do
     */
    public static Trunk of(TrunkSettings settings, Optional<Secret> password) {
        List<ServiceException.Field> problems = problems(settings, password);
        if (!problems.isEmpty()) {
            throw new ServiceException(
                    ServiceException.Kind.INVALID, "invalid", "this trunk cannot be used so", problems);
        }
        try {
            return made(settings, password);
        } catch (IllegalArgumentException senseless) {
            // What the engine says names the trunk's values and no secret.
            throw new ServiceException(
                    ServiceException.Kind.INVALID, "invalid", String.valueOf(senseless.getMessage()), List.of());
        }
    }

    private static List<ServiceException.Field> problems(TrunkSettings settings, Optional<Secret> password) {
        var problems = new ArrayList<ServiceException.Field>();
        try {
            if (!settings.outboundProxy().isEmpty()) {
                var unused = Trunk.of("trunk", "sip:trunk.invalid").withOutboundProxy(settings.outboundProxy());
            }
        } catch (IllegalArgumentException wrong) {
            problems.add(new ServiceException.Field("outbound_proxy", String.valueOf(wrong.getMessage())));
        }
        if (settings.dtmf().equals("inband")) {
            problems.add(new ServiceException.Field(
                    "dtmf", "tones are sent where the far end takes no telephone-events: say auto"));
        }
        if (password.isPresent()
                && settings.username().isEmpty()
                && settings.authUsername().isEmpty()) {
            problems.add(new ServiceException.Field("password", "needs a username"));
        }
        if (settings.register() && settings.username().isEmpty()) {
            problems.add(new ServiceException.Field("username", "is required to register"));
        }
        return problems;
    }

    private static Trunk made(TrunkSettings settings, Optional<Secret> password) {
        String host = settings.host().contains(":") && !settings.host().startsWith("[")
                ? "[" + settings.host() + "]"
                : settings.host();
        String uri = "sip:" + (settings.username().isEmpty() ? "" : settings.username() + "@") + host
                + (settings.port() == 0 ? "" : ":" + settings.port())
                + (settings.transport().equals("udp") ? "" : ";transport=" + settings.transport());
        Trunk trunk = Trunk.of(settings.name(), uri)
                .withWire(wire(settings))
                .withFormat(format(settings))
                .registeringFor(Duration.ofSeconds(settings.expiresSeconds()));
        if (password.isPresent()) {
            String user = settings.authUsername().isEmpty() ? settings.username() : settings.authUsername();
            trunk = trunk.withCredentials(user, password.get().value());
        }
        if (settings.optionsSeconds() > 0) trunk = trunk.askedEvery(Duration.ofSeconds(settings.optionsSeconds()));
        if (!settings.realm().isEmpty()) trunk = trunk.withRealm(settings.realm());
        if (!settings.outboundProxy().isEmpty()) trunk = trunk.withOutboundProxy(settings.outboundProxy());
        return settings.register() ? trunk : trunk.withoutRegistration();
    }

    private static DialFormat format(TrunkSettings settings) {
        return new DialFormat(
                settings.techPrefix(),
                settings.techPostfix(),
                settings.fromDomain().isEmpty() ? Optional.empty() : Optional.of(settings.fromDomain()),
                settings.userPhone(),
                settings.headers());
    }

    private static WireOptions wire(TrunkSettings settings) {
        Codec[] codecs = settings.codecs().stream()
                .map(codec -> Codec.valueOf(codec.toUpperCase(Locale.ROOT)))
                .toArray(Codec[]::new);
        WireOptions wire = WireOptions.DEFAULT
                .offering(codecs)
                .withEncryption(
                        switch (settings.srtp()) {
                            case "required" -> Encryption.REQUIRED;
                            case "optional" -> Encryption.OFFERED;
                            default -> Encryption.OFF;
                        });
        return settings.dtmf().equals("info") ? wire.pressingBy(KeyMethod.INFO) : wire;
    }
}

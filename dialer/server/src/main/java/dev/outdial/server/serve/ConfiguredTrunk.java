package dev.outdial.server.serve;

import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.server.calls.Secret;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.TrunkSettings;
import dev.outdial.server.config.TrunkOptions;
import dev.outdial.server.documents.EngineTrunks;
import dev.outdial.server.documents.StoredTrunks.Stored;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A trunk of the configuration, or the one within this process.
 *
 * @param trunk as the engine has it
 * @param settings as it is shown
 * @param isWithin whether it is the one within this process, which has no limits
 */
record ConfiguredTrunk(Trunk trunk, TrunkSettings settings, boolean isWithin) {
    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredTrunk.class);

    /** Checked by the engine. @throws ServiceException INVALID, with a field for each thing that it does not do */
    static ConfiguredTrunk of(TrunkOptions options) {
        Trunk trunk = EngineTrunks.of(options.settings(), options.password());
        trunk = options.callerId().map(trunk::withCallerId).orElse(trunk);
        trunk = options.displayName().map(trunk::withDisplayName).orElse(trunk);
        if (options.symmetricRtp()) trunk = trunk.withWire(trunk.wire().withSymmetricRtp(true));
        return new ConfiguredTrunk(trunk, options.settings(), false);
    }

    /** The one within this process. */
    static ConfiguredTrunk within(Loopback loopback) {
        Trunk trunk = loopback.trunk();
        var settings = new TrunkSettings(
                trunk.name(),
                "127.0.0.1",
                loopback.bench().port(),
                "udp",
                "",
                Loopback.USER,
                "",
                "",
                trunk.register(),
                300,
                "",
                "",
                "",
                Map.of(),
                trunk.wire().codecs().stream().map(Enum::name).toList(),
                "rfc4733",
                0,
                0,
                0,
                false,
                "off");
        return new ConfiguredTrunk(trunk, settings, true);
    }

    /**
     * All of them in the order of the file, the one within first, which keeps its name.
     *
     * @throws ServiceException INVALID, with a sentence for each that the engine does not take
     */
    static List<ConfiguredTrunk> all(Optional<ConfiguredTrunk> within, List<TrunkOptions> options) {
        var wrong = new ArrayList<ServiceException.Field>();
        Stream<ConfiguredTrunk> named = options.stream().flatMap(one -> {
            try {
                return Stream.of(of(one));
            } catch (ServiceException senseless) {
                wrong.add(new ServiceException.Field(
                        "configuration", "trunk " + one.settings().name() + ": " + TrunkBook.sentence(senseless)));
                return Stream.empty();
            }
        });
        var names = new HashSet<String>();
        List<ConfiguredTrunk> all = Stream.concat(within.stream(), named)
                .filter(trunk -> {
                    boolean isFirst = names.add(trunk.settings().name());
                    if (!isFirst)
                        LOG.warn(
                                "trunk={} is left out: another one has this name",
                                trunk.settings().name());
                    return isFirst;
                })
                .toList();
        if (wrong.isEmpty()) return all;
        String sentences = wrong.stream()
                .map(ServiceException.Field::message)
                .reduce((one, other) -> one + "\n" + other)
                .orElseThrow();
        throw new ServiceException(ServiceException.Kind.INVALID, "invalid_configuration", sentences, wrong);
    }

    String name() {
        return settings.name();
    }

    /** As it stands among the stored ones; its password stays where it is. */
    Stored shown() {
        return new Stored(settings, Optional.<Secret>empty());
    }
}

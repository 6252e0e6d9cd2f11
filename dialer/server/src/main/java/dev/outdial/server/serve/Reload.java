package dev.outdial.server.serve;

import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.TrunkReload;
import dev.outdial.server.config.ConfigException;
import dev.outdial.server.config.Reading;
import dev.outdial.server.documents.StoredTrunks;
import dev.outdial.server.store.Store;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration again and has its trunks followed; of what else changed it says that it needs a restart. What makes no sense
 * changes nothing. <b>Threading:</b> any, one after the other; waits for the store.
 */
final class Reload {
    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

    private final Reading first;
    private final Supplier<Reading> again;
    private final Optional<ConfiguredTrunk> within;
    private final TrunkBook trunks;
    private final Store store;
    private final InstantSource clock;

    /**
     * @param first what the server runs with
     * @param again throws {@link ConfigException} where it cannot be read or makes no sense
     * @param within the trunk of this process, which stays
     */
    Reload(
            Reading first,
            Supplier<Reading> again,
            Optional<ConfiguredTrunk> within,
            TrunkBook trunks,
            Store store,
            InstantSource clock) {
        this.first = first;
        this.again = again;
        this.within = within;
        this.trunks = trunks;
        this.store = store;
        this.clock = clock;
    }

    /** Throws ServiceException INVALID with all that is wrong with the configuration, a field for each. */
    synchronized TrunkReload run() {
        Reading now = read();
        List<ConfiguredTrunk> wanted = ConfiguredTrunk.all(within, now.config().trunks());
        StoredTrunks.show(store, wanted.stream().map(ConfiguredTrunk::shown).toList(), clock.instant());
        TrunkBook.Difference difference = followed(wanted);
        var report = new TrunkReload(
                difference.added(), difference.changed(), difference.removed(), now.changedSince(first));
        LOG.info(
                "the configuration was read again: trunks added {}, changed {}, removed {}; a restart is needed for {}",
                report.added(),
                report.changed(),
                report.removed(),
                report.needsRestart());
        return report;
    }

    private TrunkBook.Difference followed(List<ConfiguredTrunk> wanted) {
        try {
            return trunks.configure(wanted);
        } catch (IllegalStateException closing) {
            throw new ServiceException(
                    ServiceException.Kind.UNAVAILABLE, "draining", "the server is about to stop and takes nothing new");
        }
    }

    private Reading read() {
        try {
            return again.get();
        } catch (ConfigException wrong) {
            throw new ServiceException(
                    ServiceException.Kind.INVALID,
                    "invalid_configuration",
                    "the configuration makes no sense so, and nothing was changed",
                    wrong.sentences().stream()
                            .map(sentence -> new ServiceException.Field("configuration", sentence))
                            .toList());
        }
    }
}

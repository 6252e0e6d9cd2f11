package dev.outdial.server.serve;

import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.guard.GuardPolicy;
import dev.outdial.dialer.ledger.LedgerRules;
import dev.outdial.dialer.pace.PaceLimits;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.TrunkSettings;
import dev.outdial.server.documents.EngineTrunks;
import dev.outdial.server.documents.StoredTrunks;
import dev.outdial.server.store.Store;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trunks of this process and their limits: those of the configuration, which stay, and those that are made by the API, here or at another
 * process on the same store, which come and go. <b>Threading:</b> any; {@link #look} blocks on the store.
 */
final class TrunkBook implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrunkBook.class);
    /** How soon is known here what was changed at another process. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private final Store store;
    private final LedgerRules base;
    private final Set<StoredTrunks.Stored> leftOut = new HashSet<>();
    private final Thread thread;
    private List<ConfiguredTrunk> configured;
    private volatile Map<String, Entry> known = Map.of();
    private volatile LedgerRules rules;
    private Optional<Dialer> dialer = Optional.empty();

    /** Trunks at such hosts are benches, as the engine has it, but that it looks names up. */
    private static final Pattern THIS_MACHINE = Pattern.compile("127\\.[0-9.]+|localhost|\\[?::1]?");

    /**
     * @param isBench whether calls over it leave this machine not
     * @param isConfigured whether it is one of the configuration: taken out there, it un-registers when its calls have ended
     */
    private record Entry(Trunk trunk, Optional<PaceLimits> pace, boolean isBench, boolean isConfigured) {
        static Entry of(Trunk trunk, TrunkSettings settings, boolean isConfigured) {
            boolean isBench = THIS_MACHINE.matcher(settings.host()).matches();
            return new Entry(trunk, Optional.of(TrunkBook.pace(settings)), isBench, isConfigured);
        }

        static Entry of(ConfiguredTrunk one) {
            return one.isWithin()
                    ? new Entry(one.trunk(), Optional.empty(), true, true)
                    : of(one.trunk(), one.settings(), true);
        }
    }

    /**
     * @param base what holds whatever trunks there are
     * @param configured those that stay, with distinct names
     */
    TrunkBook(Store store, LedgerRules base, List<ConfiguredTrunk> configured) {
        this.store = store;
        this.base = base;
        this.configured = configured;
        this.rules = base;
        this.thread = Thread.ofPlatform().name("outdial-trunks").daemon().unstarted(this::run);
    }

    /**
     * What changed of the trunks of the configuration, by their names.
     *
     * @param changed for calls that begin from then on
     */
    record Difference(List<String> added, List<String> changed, List<String> removed) {
        static Difference between(List<ConfiguredTrunk> before, List<ConfiguredTrunk> after) {
            Map<String, ConfiguredTrunk> old = byName(before);
            Map<String, ConfiguredTrunk> now = byName(after);
            return new Difference(
                    after.stream()
                            .map(ConfiguredTrunk::name)
                            .filter(name -> !old.containsKey(name))
                            .toList(),
                    after.stream()
                            .filter(trunk -> old.containsKey(trunk.name()) && !trunk.equals(old.get(trunk.name())))
                            .map(ConfiguredTrunk::name)
                            .toList(),
                    before.stream()
                            .map(ConfiguredTrunk::name)
                            .filter(name -> !now.containsKey(name))
                            .toList());
        }

        private static Map<String, ConfiguredTrunk> byName(List<ConfiguredTrunk> trunks) {
            var named = new LinkedHashMap<String, ConfiguredTrunk>();
            trunks.forEach(trunk -> named.put(trunk.name(), trunk));
            return named;
        }
    }

    /** Others stay from now on. Where the store is away or the dialer closes, which is told, those before do. */
    synchronized Difference configure(List<ConfiguredTrunk> others) {
        List<ConfiguredTrunk> before = configured;
        configured = others;
        try {
            look();
        } catch (ServiceException | IllegalStateException unable) {
            configured = before;
            throw unable;
        }
        return Difference.between(before, others);
    }

    /** From here on the dialer has what is stored, soon after it is. */
    synchronized void follow(Dialer follower) {
        dialer = Optional.of(follower);
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(LOOK_EVERY);
                try {
                    look();
                } catch (ServiceException away) {
                    LOG.debug("trunks are not looked for: {}", away.getMessage());
                } catch (IllegalStateException closing) {
                    LOG.debug("trunks are not followed: {}", closing.getMessage());
                }
            }
        } catch (InterruptedException closing) {
            LOG.debug("nobody looks for trunks any more");
        }
    }

    /** Takes what is stored now. Calls that go on over a trunk that was changed or deleted go on. */
    synchronized void look() {
        Map<String, Entry> wanted = new LinkedHashMap<>();
        configured.forEach(one -> wanted.put(one.trunk().name(), Entry.of(one)));
        for (StoredTrunks.Stored made : StoredTrunks.made(store)) {
            Optional<String> objection = take(wanted, made);
            if (objection.isPresent() && leftOut.add(made)) {
                LOG.warn("trunk={} is left out: {}", made.settings().name(), objection.get());
            }
        }
        // Their order counts too: the first one is chosen where a call names none.
        boolean isSame = wanted.equals(known) && List.copyOf(wanted.keySet()).equals(List.copyOf(known.keySet()));
        if (isSame) return;
        Map<String, Entry> before = known;
        if (dialer.isPresent()) {
            for (Entry entry : wanted.values()) {
                Entry old = before.get(entry.trunk().name());
                if (old == null || !old.trunk().equals(entry.trunk())) {
                    dialer.get().putTrunk(entry.trunk());
                    LOG.info("trunk={} {}", entry.trunk().name(), old == null ? "is there from now on" : "has changed");
                }
            }
        }
        // Its limits are there before a call can be dialled over it, and it is known to the dialer before it is named.
        rules = rules(wanted);
        known = Collections.unmodifiableMap(wanted);
        dialer.ifPresent(running -> before.forEach((name, entry) -> {
            if (!wanted.containsKey(name) && leave(running, entry)) LOG.info("trunk={} is not there any more", name);
        }));
    }

    private static boolean leave(Dialer running, Entry entry) {
        String name = entry.trunk().name();
        return entry.isConfigured() ? running.retireTrunk(name) : running.removeTrunk(name);
    }

    private static Optional<String> take(Map<String, Entry> wanted, StoredTrunks.Stored made) {
        try {
            Trunk trunk = EngineTrunks.of(made.settings(), made.password());
            var entry = Entry.of(trunk, made.settings(), false);
            return wanted.putIfAbsent(trunk.name(), entry) == null
                    ? Optional.empty()
                    : Optional.of("another one has this name");
        } catch (ServiceException senseless) {
            return Optional.of(sentence(senseless));
        }
    }

    static String sentence(ServiceException senseless) {
        return senseless.fields().stream()
                .map(field -> field.field() + " " + field.message())
                .reduce((one, other) -> one + "; " + other)
                .orElse(Objects.toString(senseless.getMessage()));
    }

    private LedgerRules rules(Map<String, Entry> trunks) {
        LedgerRules all = base;
        for (Entry entry : trunks.values()) {
            if (entry.pace().isPresent()) {
                all = all.paced(entry.trunk().name(), entry.pace().get());
            }
        }
        return all;
    }

    private static PaceLimits pace(TrunkSettings settings) {
        return new PaceLimits(
                settings.maxCallsPerSecond() > 0 ? settings.maxCallsPerSecond() : Double.POSITIVE_INFINITY,
                settings.maxChannels() > 0 ? settings.maxChannels() : Integer.MAX_VALUE);
    }

    /** What attempts are judged by: the same object while nothing changes. */
    LedgerRules rules() {
        return rules;
    }

    /** Those that there are, in the order in which one is chosen for calls that name none. */
    List<Trunk> trunks() {
        return known.values().stream().map(Entry::trunk).toList();
    }

    /** Their names in that order. */
    List<String> names() {
        return List.copyOf(known.keySet());
    }

    Optional<Trunk> find(String name) {
        return Optional.ofNullable(known.get(name)).map(Entry::trunk);
    }

    /** Whether numbers may be made up over it: it leads to this machine. */
    boolean isBench(String name) {
        return Optional.ofNullable(known.get(name)).map(Entry::isBench).orElse(false);
    }

    /** Who may be called over a trunk, whoever calls. */
    GuardPolicy policy(String name) {
        return isBench(name) ? rules.bench() : rules.guard();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}

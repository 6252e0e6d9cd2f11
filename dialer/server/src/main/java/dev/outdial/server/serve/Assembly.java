package dev.outdial.server.serve;

import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.DialerException;
import dev.outdial.dialer.NetworkOptions;
import dev.outdial.dialer.ledger.LedgerRules;
import dev.outdial.dialer.pace.PaceLimits;
import dev.outdial.dialer.sound.FetchOptions;
import dev.outdial.dialer.sound.SoundOptions;
import dev.outdial.dialer.sound.SpeechOptions;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.server.calls.AccessKey;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.Services;
import dev.outdial.server.calls.TrunkSettings;
import dev.outdial.server.calls.live.LiveCalls;
import dev.outdial.server.calls.live.LiveSettings;
import dev.outdial.server.config.Addresses;
import dev.outdial.server.config.ServerConfig;
import dev.outdial.server.config.TrunkOptions;
import dev.outdial.server.dial.QueueLedger;
import dev.outdial.server.documents.EngineTrunks;
import dev.outdial.server.documents.LintedFlows;
import dev.outdial.server.documents.StoredAccounts;
import dev.outdial.server.documents.StoredApplications;
import dev.outdial.server.documents.StoredDoNotCall;
import dev.outdial.server.documents.StoredFacadeKeys;
import dev.outdial.server.documents.StoredFlows;
import dev.outdial.server.documents.StoredKeys;
import dev.outdial.server.documents.StoredMedia;
import dev.outdial.server.documents.StoredNumbers;
import dev.outdial.server.documents.StoredTrunks;
import dev.outdial.server.http.HttpServer;
import dev.outdial.server.http.HttpSettings;
import dev.outdial.server.http.limit.TokenBucket.Rate;
import dev.outdial.server.store.NodeLease;
import dev.outdial.server.store.Store;
import dev.outdial.server.store.StoreException;
import dev.outdial.server.store.StoreJournal;
import dev.outdial.server.store.StoreLedger;
import dev.outdial.server.store.StoreSettings;
import dev.outdial.server.webhook.Outbox;
import dev.outdial.server.webhook.WebhookDelivery;
import dev.outdial.server.webhook.WebhookSettings;
import dev.outdial.testbed.dialplan.DialPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a server together, and takes it apart where one of its parts cannot be had. One owner, used once. */
final class Assembly {
    private static final Logger LOG = LoggerFactory.getLogger(Assembly.class);
    private static final Duration WEBHOOK_TIME = Duration.ofSeconds(10);
    private static final int WEBHOOKS_AT_ONCE = 512;
    private static final InstantSource CLOCK = InstantSource.system();

    private final ServerConfig config;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final List<Trunk> trunks = new ArrayList<>();
    private final DialPlan callees;
    private LedgerRules rules = LedgerRules.STANDARD;

    Assembly(ServerConfig config) {
        this(config, DialPlan.standard());
    }

    /** With those behind the loopback trunk. */
    Assembly(ServerConfig config, DialPlan callees) {
        this.config = config;
        this.callees = callees;
    }

    Server start(boolean withNewKey) {
        try {
            return assembled(withNewKey);
        } catch (RuntimeException unable) {
            takeApart();
            throw switch (unable) {
                case StoreException store -> new ServeException(String.valueOf(store.getMessage()), store);
                case DialerException dialer -> new ServeException(String.valueOf(dialer.getMessage()), dialer);
                case UncheckedIOException place ->
                    new ServeException(
                            String.valueOf(place.getMessage()).replaceFirst("^[\\w.]+Exception: ", ""), place);
                case ServiceException away -> new ServeException(String.valueOf(away.getMessage()), away);
                default -> unable;
            };
        } catch (Error broken) {
            takeApart();
            throw broken;
        }
    }

    private Server assembled(boolean withNewKey) {
        folders();
        Store store = held(Store.open(storeSettings(config)));
        Instant now = CLOCK.instant();
        StoredAccounts.ensureFirst(store, now);
        HttpSettings settings = httpSettings();
        boolean hasKey = FirstKeys.exist(store);
        if (!settings.mayListen(hasKey)) {
            throw new ServeException(
                    "http.host " + config.http().host()
                            + ": no access key exists yet, so only this machine's own address is listened to; 'outdial init' makes one");
        }
        Optional<AccessKey> key = withNewKey
                ? Optional.of(FirstKeys.makeForRun(store, now))
                : hasKey ? Optional.empty() : Optional.of(FirstKeys.make(store, "first", now));
        Optional<Loopback> loopback =
                config.loopbackTrunk() ? Optional.of(held(new Loopback(callees))) : Optional.empty();
        loopback.ifPresent(one -> trunks.add(one.trunk()));
        gatherTrunks(store, now);
        NodeLease lease = held(NodeLease.enter(
                store,
                config.store().lease(),
                () -> LOG.error("this server was silent for longer than its lease; others ended its calls")));
        lease.keep();
        var ledger = new QueueLedger(new StoreLedger(store, lease, () -> rules));
        Dialer dialer = held(Dialer.start(dialerConfig(ledger, store)));
        var meters = new Meters(store, dialer);
        var status = new Status(store, meters);
        WebhookDelivery webhooks = held(WebhookDelivery.start(store, webhookSettings()));
        LiveCalls calls = held(LiveCalls.start(store, dialer, liveSettings(lease, ledger)));
        Services services = services(store, dialer, calls, webhooks, status);
        HttpServer http = held(HttpServer.start(
                loopback.isPresent() && trunks.size() == 1 ? settings.onLoopbackTrunk() : settings,
                services,
                Facades.of(services, config.facades())));
        var housekeeping = held(new Housekeeping(store, meters, config.retention()));
        var parts =
                new Server.Parts(loopback, store, lease, dialer, calls, webhooks, housekeeping, status, meters, http);
        return new Server(parts, config.drain(), url(http.port()), key);
    }

    private <T extends AutoCloseable> T held(T part) {
        open.push(part);
        return part;
    }

    private void takeApart() {
        for (AutoCloseable part : open) {
            try {
                part.close();
            } catch (Exception broken) {
                LOG.debug("a part did not end properly", broken);
            }
        }
    }

    private void folders() {
        for (Path folder :
                List.of(config.data(), config.sounds().media(), config.sounds().recordings())) {
            try {
                Path unused = Files.createDirectories(folder);
            } catch (IOException unwritable) {
                throw new ServeException("the folder " + folder + " cannot be made", unwritable);
            }
        }
    }

    /** Where the configuration has the store. */
    static StoreSettings storeSettings(ServerConfig config) {
        ServerConfig.StoreOptions options = config.store();
        StoreSettings place = options.url()
                .map(url -> new StoreSettings(
                        url, options.user(), options.password().value()))
                .orElseGet(() -> StoreSettings.inFolder(config.data()));
        return new StoreSettings(place.url(), place.user(), place.password(), options.connections(), place.patience());
    }

    /** Those of the configuration, and those that were made by the API and that the engine takes. */
    private void gatherTrunks(Store store, Instant now) {
        rules = LedgerRules.STANDARD.guardedBy(config.guard()).paced(config.pace());
        var shown = new ArrayList<StoredTrunks.Stored>();
        for (TrunkOptions options : config.trunks()) {
            try {
                add(engine(options), options.settings());
            } catch (ServiceException senseless) {
                throw new ServeException("trunk " + options.settings().name() + ": " + sentence(senseless), senseless);
            }
            shown.add(new StoredTrunks.Stored(options.settings(), Optional.empty()));
        }
        StoredTrunks.show(store, shown, now);
        for (StoredTrunks.Stored made : StoredTrunks.made(store)) {
            try {
                add(EngineTrunks.of(made.settings(), made.password()), made.settings());
            } catch (ServiceException senseless) {
                LOG.warn("trunk={} is left out: {}", made.settings().name(), sentence(senseless));
            }
        }
    }

    private static String sentence(ServiceException senseless) {
        return senseless.fields().stream()
                .map(field -> field.field() + " " + field.message())
                .reduce((one, other) -> one + "; " + other)
                .orElse(String.valueOf(senseless.getMessage()));
    }

    private static Trunk engine(TrunkOptions options) {
        Trunk trunk = EngineTrunks.of(options.settings(), options.password());
        trunk = options.callerId().map(trunk::withCallerId).orElse(trunk);
        trunk = options.displayName().map(trunk::withDisplayName).orElse(trunk);
        return options.symmetricRtp() ? trunk.withWire(trunk.wire().withSymmetricRtp(true)) : trunk;
    }

    private void add(Trunk trunk, TrunkSettings settings) {
        if (trunks.stream().anyMatch(other -> other.name().equals(trunk.name()))) {
            LOG.warn("trunk={} is left out: another one has this name", trunk.name());
            return;
        }
        trunks.add(trunk);
        rules = rules.paced(trunk.name(), pace(settings));
    }

    private static PaceLimits pace(TrunkSettings settings) {
        return new PaceLimits(
                settings.maxCallsPerSecond() > 0 ? settings.maxCallsPerSecond() : Double.POSITIVE_INFINITY,
                settings.maxChannels() > 0 ? settings.maxChannels() : Integer.MAX_VALUE);
    }

    private DialerConfig dialerConfig(QueueLedger ledger, Store store) {
        ServerConfig.Network network = config.network();
        DialerConfig dialer = DialerConfig.of(trunks.toArray(Trunk[]::new))
                .withRtpPorts(network.firstRtpPort(), network.lastRtpPort())
                .withLedger(ledger)
                .withJournal(new StoreJournal(store))
                .withoutTracing()
                .withNetwork(networkOptions(network))
                .withSound(SoundOptions.DEFAULT
                        .withFetch(fetch(config.sounds().reach()))
                        .withSpeech(new SpeechOptions(
                                config.sounds().speech(),
                                Optional.of(config.data().resolve("speech")))));
        dialer = network.tlsTrust().map(dialer::trusting).orElse(dialer);
        return new DialerConfig(
                dialer.trunks(),
                network.host(),
                network.sipPort(),
                dialer.firstRtpPort(),
                dialer.lastRtpPort(),
                dialer.ledger(),
                dialer.tlsTrust(),
                dialer.tracing(),
                dialer.capture(),
                dialer.network(),
                dialer.sound(),
                dialer.journal());
    }

    private static NetworkOptions networkOptions(ServerConfig.Network network) {
        NetworkOptions options =
                network.learnsPublicAddress() ? NetworkOptions.DEFAULT : NetworkOptions.DEFAULT.withoutLearning();
        options = network.publicAddress().map(options::reachedAt).orElse(options);
        return options.asking(
                network.nameServers().stream().map(Addresses::nameServer).toArray(InetSocketAddress[]::new));
    }

    private static FetchOptions fetch(ServerConfig.Reach reach) {
        return new FetchOptions(reach.ports(), reach.privateAddresses(), Optional.empty());
    }

    private LiveSettings liveSettings(NodeLease lease, QueueLedger ledger) {
        List<String> names = trunks.stream().map(Trunk::name).toList();
        return LiveSettings.of(lease, ledger, () -> names, config.data())
                .withMedia(config.sounds().media())
                .withRecordings(config.sounds().recordings())
                .withHttp(fetch(config.webhooks().reach()))
                .withDeliveries(new Outbox(Facades.profiles())::add);
    }

    private WebhookSettings webhookSettings() {
        ServerConfig.Reach reach = config.webhooks().reach();
        return new WebhookSettings(
                reach.privateAddresses(),
                reach.ports(),
                WEBHOOK_TIME,
                WEBHOOKS_AT_ONCE,
                config.webhooks().callbackSecret());
    }

    private HttpSettings httpSettings() {
        ServerConfig.Http http = config.http();
        HttpSettings usual = HttpSettings.USUAL.at(http.host(), http.port());
        return new HttpSettings(
                http.host(),
                http.port(),
                http.tls().map(Certificates::context),
                new Rate(http.requestsPerSecond(), http.burst()),
                http.atOnce(),
                http.streams(),
                http.connections(),
                usual.idleTimeout(),
                usual.requestTimeout(),
                usual.heartbeat(),
                false,
                config.log().maskNumbers());
    }

    private Services services(Store store, Dialer dialer, LiveCalls calls, WebhookDelivery webhooks, Status status) {
        var flows = new LintedFlows();
        var keys = new StoredKeys(store, CLOCK, System::nanoTime);
        var facadeKeys = new StoredFacadeKeys(store, CLOCK, System::nanoTime);
        var lines = new DialerLines(
                dialer, trunks, name -> store.read(tables -> tables.attempts().open(name)));
        return new Services(
                calls.calls(),
                calls.groupcalls(),
                new StoredFlows(store, flows, CLOCK),
                flows,
                calls.recordings(),
                calls.bridges(),
                new StoredMedia(store, config.sounds().media(), config.sounds().largestUpload(), CLOCK),
                new StoredTrunks(store, lines, CLOCK),
                new StoredNumbers(store, CLOCK),
                new StoredAccounts(store, CLOCK, () -> {
                    keys.forget();
                    facadeKeys.forget();
                }),
                keys,
                new StoredDoNotCall(store, CLOCK),
                calls.events(),
                webhooks.service(),
                status,
                facadeKeys,
                new StoredApplications(store, CLOCK));
    }

    private String url(int port) {
        return url(config, config.http().host(), port);
    }

    /** How that place is written. */
    static String url(ServerConfig config, String host, int port) {
        String shown = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return (config.http().tls().isPresent() ? "https://" : "http://") + shown + ":" + port;
    }
}

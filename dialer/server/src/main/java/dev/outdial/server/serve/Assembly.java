package dev.outdial.server.serve;

import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.DialerException;
import dev.outdial.dialer.NetworkOptions;
import dev.outdial.dialer.ledger.LedgerRules;
import dev.outdial.dialer.sound.FetchOptions;
import dev.outdial.dialer.sound.SoundOptions;
import dev.outdial.dialer.sound.SpeechOptions;
import dev.outdial.dialer.trace.PacketKeeping;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.server.calls.AccessKey;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.Services;
import dev.outdial.server.calls.live.LiveCalls;
import dev.outdial.server.calls.live.LiveSettings;
import dev.outdial.server.calls.live.TraceSettings;
import dev.outdial.server.config.Addresses;
import dev.outdial.server.config.Reading;
import dev.outdial.server.config.ServerConfig;
import dev.outdial.server.dial.QueueLedger;
import dev.outdial.server.documents.LintedFlows;
import dev.outdial.server.documents.StoredAccounts;
import dev.outdial.server.documents.StoredAnswers;
import dev.outdial.server.documents.StoredApplications;
import dev.outdial.server.documents.StoredCounters;
import dev.outdial.server.documents.StoredDoNotCall;
import dev.outdial.server.documents.StoredFacadeKeys;
import dev.outdial.server.documents.StoredFlows;
import dev.outdial.server.documents.StoredKeys;
import dev.outdial.server.documents.StoredMedia;
import dev.outdial.server.documents.StoredNumbers;
import dev.outdial.server.documents.StoredTrunks;
import dev.outdial.server.facade.Mount;
import dev.outdial.server.http.HttpServer;
import dev.outdial.server.http.HttpSettings;
import dev.outdial.server.http.limit.TokenBucket.Rate;
import dev.outdial.server.log.Masks;
import dev.outdial.server.otel.CallTracing;
import dev.outdial.server.otel.TracingSettings;
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
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a server together, and takes it apart where one of its parts cannot be had. One owner, used once. */
final class Assembly {
    private static final Logger LOG = LoggerFactory.getLogger(Assembly.class);
    private static final Duration WEBHOOK_TIME = Duration.ofSeconds(10);
    private static final int WEBHOOKS_AT_ONCE = 512;

    private final ServerConfig config;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final DialPlan callees;
    private final InstantSource clock;
    private Optional<Again> again = Optional.empty();

    /** What the server runs with, and how it is read once more. */
    private record Again(Reading first, Supplier<Reading> reader) {}

    Assembly(ServerConfig config) {
        this(config, DialPlan.standard(), InstantSource.system());
    }

    /** One whose trunks can be read again. */
    Assembly(Reading first, Supplier<Reading> reader) {
        this(first.config());
        again = Optional.of(new Again(first, reader));
    }

    /** With those behind the loopback trunk, and another clock than the system's for the time of day. */
    Assembly(ServerConfig config, DialPlan callees, InstantSource clock) {
        this.config = config;
        this.callees = callees;
        this.clock = clock;
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
        Instant now = clock.instant();
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
        Optional<ConfiguredTrunk> within = loopback.map(ConfiguredTrunk::within);
        TrunkBook trunks = held(trunks(store, within, now));
        Optional<Reload> reload = again.map(one -> new Reload(one.first(), one.reader(), within, trunks, store, clock));
        NodeLease lease = held(NodeLease.enter(
                store,
                config.store().lease(),
                () -> LOG.error("this server was silent for longer than its lease; others ended its calls")));
        lease.keep();
        var ledger = new QueueLedger(new StoreLedger(store, lease, trunks::rules));
        Dialer dialer = held(Dialer.start(dialerConfig(ledger, store, lease, trunks)));
        trunks.follow(dialer);
        var meters = new Meters(store, dialer);
        var status = new Status(store, meters);
        WebhookDelivery webhooks = held(WebhookDelivery.start(store, webhookSettings()));
        LiveCalls calls = held(LiveCalls.start(store, dialer, liveSettings(lease, ledger, trunks)));
        Optional<CallTracing> tracing = config.tracing().map(one -> held(CallTracing.start(store, tracing(one))));
        tracing.ifPresent(one -> calls.onOver(one::over));
        var lines = new DialerLines(
                dialer,
                trunks,
                reload,
                name -> store.read(tables -> tables.attempts().open(name)));
        Services services = services(store, lines, trunks, calls, webhooks, status);
        boolean isLoopback = loopback.isPresent() && trunks.names().size() == 1;
        HttpServer http = held(HttpServer.start(
                isLoopback ? settings.onLoopbackTrunk() : settings, services, mounts(services, isLoopback)));
        var housekeeping = held(new Housekeeping(
                store,
                meters,
                config.retention(),
                packets().folder(),
                config.sounds().recordings()));
        var parts = new Server.Parts(
                loopback,
                store,
                lease,
                trunks,
                reload,
                dialer,
                calls,
                tracing,
                webhooks,
                housekeeping,
                status,
                meters,
                http);
        return new Server(parts, config.drain(), url(http.port()), key);
    }

    /** The pages first: where they share a path with an API's beginning, what is missing there is told as a page. */
    private List<Mount> mounts(Services services, boolean isLoopback) {
        var mounts = new ArrayList<Mount>(Facades.dashboard(services, config.facades(), isLoopback, clock));
        mounts.addAll(Facades.of(services, config.facades(), clock));
        return mounts;
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

    /** The one within the process, those of the configuration, and those that were made by the API and that the engine takes. */
    private TrunkBook trunks(Store store, Optional<ConfiguredTrunk> within, Instant now) {
        List<ConfiguredTrunk> configured = ConfiguredTrunk.all(within, config.trunks());
        var trunks = new TrunkBook(
                store, LedgerRules.STANDARD.guardedBy(config.guard()).paced(config.pace()), configured);
        StoredTrunks.show(store, configured.stream().map(ConfiguredTrunk::shown).toList(), now);
        trunks.look();
        return trunks;
    }

    private DialerConfig dialerConfig(QueueLedger ledger, Store store, NodeLease lease, TrunkBook trunks) {
        ServerConfig.Network network = config.network();
        DialerConfig dialer = DialerConfig.of(trunks.trunks().toArray(Trunk[]::new))
                .withRtpPorts(network.firstRtpPort(), network.lastRtpPort())
                .withLedger(ledger)
                .withJournal(new StoreJournal(store, lease))
                .withNetwork(networkOptions(network))
                .withSound(SoundOptions.DEFAULT
                        .withFetch(fetch(config.sounds().reach()))
                        .withSpeech(new SpeechOptions(
                                config.sounds().speech(),
                                Optional.of(config.data().resolve("speech")))));
        if (!config.traces().messages()) dialer = dialer.withoutTracing();
        if (config.traces().packets()) dialer = dialer.keepingPackets(packets());
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
                dialer.packets(),
                dialer.network(),
                dialer.sound(),
                dialer.journal());
    }

    /** Where the packets of calls are, also of those of which they were kept in the past. */
    private PacketKeeping packets() {
        ServerConfig.Traces traces = config.traces();
        return new PacketKeeping(config.data().resolve("packets"), traces.mostPacketBytes(), traces.secrets());
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

    private LiveSettings liveSettings(NodeLease lease, QueueLedger ledger, TrunkBook trunks) {
        return LiveSettings.of(lease, ledger, trunks::names, config.data())
                .withMedia(config.sounds().media())
                .withRecordings(config.sounds().recordings())
                .withHttp(fetch(config.webhooks().reach()))
                .withClock(clock)
                .withTraces(new TraceSettings(
                        config.traces().secrets(), config.traces().series(), Optional.of(packets())))
                .withDeliveries(new Outbox(Facades.profiles())::add)
                .withPolicies(trunks::policy);
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

    private TracingSettings tracing(ServerConfig.Tracing options) {
        var masks = new Masks(config.log().maskNumbers(), true);
        var headers = new HashMap<String, String>();
        options.headers().forEach((name, value) -> headers.put(name, value.value()));
        return new TracingSettings(options.endpoint(), headers, options.serviceName(), masks::apply);
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

    private Services services(
            Store store,
            DialerLines lines,
            TrunkBook trunks,
            LiveCalls calls,
            WebhookDelivery webhooks,
            Status status) {
        var flows = new LintedFlows();
        var keys = new StoredKeys(store, clock, System::nanoTime);
        var facadeKeys = new StoredFacadeKeys(store, clock, System::nanoTime);
        return new Services(
                calls.calls(),
                calls.groupcalls(),
                new StoredFlows(store, flows, clock),
                flows,
                calls.recordings(),
                calls.bridges(),
                new StoredMedia(store, config.sounds().media(), config.sounds().largestUpload(), clock),
                new StoredTrunks(store, lines, clock),
                new StoredNumbers(store, clock),
                new StoredAccounts(store, clock, () -> {
                    keys.forget();
                    facadeKeys.forget();
                }),
                keys,
                new StoredAnswers(store, clock),
                new StoredDoNotCall(store, clock),
                calls.events(),
                webhooks.service(),
                status,
                facadeKeys,
                new StoredCounters(store, clock),
                calls.sounds(),
                calls.immediate(trunks::rules),
                new StoredApplications(store, clock),
                calls.traces(),
                calls.campaigns());
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

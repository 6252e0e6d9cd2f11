package dev.outdial.server.cli;

import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.NetworkOptions;
import dev.outdial.dialer.guard.GuardPolicy;
import dev.outdial.dialer.ledger.AttemptLedger;
import dev.outdial.dialer.ledger.InMemoryLedger;
import dev.outdial.dialer.ledger.LedgerRules;
import dev.outdial.dialer.trunk.Trunk;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which way a call goes out; shared by {@code call}, {@code load} and {@code doctor}. */
final class TrunkOptions {
    /** Longer than a REGISTER takes to fail (timer F, 32 s), so that its own reason is heard. */
    private static final Duration REGISTRATION = Duration.ofSeconds(35);

    private static final Pattern PORT_RANGE = Pattern.compile("(\\d{1,5})-(\\d{1,5})");
    private static final int DNS_PORT = 53;
    private static final String PASSWORD_VARIABLE = "OUTDIAL_PASSWORD";

    @Option(
            names = "--trunk",
            paramLabel = "URI",
            description = "sip:user@host[:port][;transport=udp|tcp|tls]; without it TARGET must be a SIP URI")
    private @Nullable String trunk;

    @Option(names = "--user", paramLabel = "NAME", description = "user for digest authentication")
    private @Nullable String user;

    @Option(
            names = "--password",
            paramLabel = "PASS",
            description = "password; better in the environment as " + PASSWORD_VARIABLE)
    private @Nullable String password;

    @Option(
            names = "--realm",
            paramLabel = "NAME",
            description = "the only digest realm that is given the password (default: the first that asks)")
    private @Nullable String realm;

    @Option(
            names = "--options-every",
            paramLabel = "TIME",
            description = "ask the trunk by OPTIONS that often whether it is there, 1s to 1h (default: never)")
    private @Nullable Duration optionsEvery;

    @Option(
            names = "--outbound-proxy",
            paramLabel = "HOST[:PORT]",
            description =
                    "where requests go in place of the trunk's host, named in a Route of their own; sip:host:port;transport=..."
                            + " for another transport than the trunk's")
    private @Nullable String outboundProxy;

    @Option(names = "--no-register", description = "dial without registering")
    private boolean noRegister;

    @Option(
            names = "--public-address",
            paramLabel = "IP[:PORT]",
            description = "the address to name in Contact and SDP (default: what the trunk sees, else the local one);"
                    + " 'local' for the local one in any case")
    private @Nullable String publicAddress;

    @Option(
            names = "--country",
            paramLabel = "CC",
            description =
                    "the country whose national numbers are dialled, DE, US, ...: without it numbers of seven digits and"
                            + " more want +49... or the like")
    private @Nullable String country;

    @Option(names = "--dns", paramLabel = "HOST[:PORT]", description = "the name server to ask (default: the system's)")
    private @Nullable String dns;

    @Option(
            names = "--follow-redirects",
            paramLabel = "N",
            defaultValue = "0",
            description = "follow so many redirections (3xx), 3 at most (default: none)")
    private int followRedirects;

    @Option(names = "--local", paramLabel = "HOST[:PORT]", description = "where to bind SIP")
    private @Nullable String local;

    @Option(
            names = "--tls-trust",
            paramLabel = "FILE",
            description = "certificates to trust for TLS, PEM or PKCS12 (default: those that Java trusts)")
    private @Nullable Path tlsTrust;

    @Option(
            names = "--ring-timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            description = "how long to let it ring (default: ${DEFAULT-VALUE})")
    private Duration ringTimeout = Duration.ofSeconds(30);

    @Option(
            names = "--rtp-ports",
            paramLabel = "FIRST-LAST",
            description = "UDP ports for RTP and RTCP, two a call (default: 16384-32767)")
    private @Nullable String rtpPorts;

    @Mixin
    private CallerFlags caller = new CallerFlags();

    @Mixin
    private WireFlags wire = new WireFlags();

    /** The trunk, where one is given. */
    Optional<Trunk> trunk() {
        if (trunk == null) {
            if (user != null || password != null) {
                throw new UsageException("--user and --password are for a --trunk, and there is none");
            }
            if (realm != null || optionsEvery != null || outboundProxy != null) {
                throw new UsageException(
                        "--realm, --options-every and --outbound-proxy are for a --trunk, and there is none");
            }
            return Optional.empty();
        }
        if (trunk.isBlank()) {
            throw new UsageException("--trunk: sip:user@host[:port] is expected");
        }
        try {
            // In sentences and logs the trunk goes by the name that its user typed.
            Trunk known = new Trunk(
                    trunk,
                    trunk,
                    Optional.ofNullable(user),
                    Optional.ofNullable(secret()),
                    !noRegister,
                    caller.from(),
                    caller.display(),
                    wire.options());
            if (realm != null) known = known.withRealm(realm);
            if (optionsEvery != null) known = known.askedEvery(optionsEvery);
            return Optional.of(outboundProxy == null ? known : proxied(known, outboundProxy));
        } catch (IllegalArgumentException wrong) {
            throw new UsageException("--trunk: " + wrong.getMessage());
        }
    }

    private static Trunk proxied(Trunk trunk, String proxy) {
        try {
            return trunk.withOutboundProxy(proxy);
        } catch (IllegalArgumentException wrong) {
            throw new UsageException("--outbound-proxy: " + wrong.getMessage());
        }
    }

    /** The dialer for this way out. */
    DialerConfig dialer() {
        DialerConfig config = DialerConfig.of(trunk().stream().toArray(Trunk[]::new));
        config = local == null ? config : bound(config, local);
        config = rtpPorts == null ? config : withPorts(config, rtpPorts);
        config = config.withNetwork(network());
        config = country == null ? config : config.withLedger(ledger(country));
        return tlsTrust == null ? config : config.trusting(tlsTrust);
    }

    private static AttemptLedger ledger(String country) {
        try {
            return new InMemoryLedger(LedgerRules.STANDARD.guardedBy(GuardPolicy.STANDARD.at(country)));
        } catch (IllegalArgumentException unknown) {
            throw new UsageException("--country: " + unknown.getMessage());
        }
    }

    private NetworkOptions network() {
        NetworkOptions network = NetworkOptions.DEFAULT;
        if (dns != null) {
            HostPort server = HostPort.parse(dns, DNS_PORT);
            var address = new InetSocketAddress(server.host(), server.port());
            if (address.isUnresolved()) {
                throw new UsageException("--dns: there is no host '" + server.host() + "'");
            }
            network = network.asking(address);
        }
        try {
            return publicAddress == null
                    ? network
                    : publicAddress.equals("local") ? network.withoutLearning() : network.reachedAt(publicAddress);
        } catch (IllegalArgumentException wrong) {
            throw new UsageException("--public-address: " + wrong.getMessage());
        }
    }

    private static DialerConfig withPorts(DialerConfig config, String typed) {
        Matcher range = PORT_RANGE.matcher(typed);
        if (!range.matches()) {
            throw new UsageException("--rtp-ports: '" + typed + "' is not FIRST-LAST, as in 16384-32767");
        }
        try {
            return config.withRtpPorts(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)));
        } catch (IllegalArgumentException wrong) {
            throw new UsageException("--rtp-ports: " + wrong.getMessage());
        }
    }

    /** The call itself. */
    DialRequest request(String target) {
        DialRequest request = trunk == null ? DialRequest.direct(target) : DialRequest.over(trunk, target);
        if (!ringTimeout.isPositive()) {
            throw new UsageException("--ring-timeout: a time above zero is expected");
        }
        request = request.ringingFor(ringTimeout);
        request = request.withWire(wire.options());
        try {
            request = request.followingRedirects(followRedirects);
        } catch (IllegalArgumentException wrong) {
            throw new UsageException("--follow-redirects: " + wrong.getMessage());
        }
        return caller.on(request);
    }

    /** Whether the call is preceded by a registration. */
    boolean registers() {
        return trunk != null && !noRegister;
    }

    /**
     * Waits until the trunk is registered.
     *
     * @throws dev.outdial.dialer.DialerException if the registrar refused, cannot be reached or says nothing
     */
    void awaitRegistered(Dialer dialer) throws InterruptedException {
        dialer.awaitRegistered(Objects.requireNonNull(trunk), REGISTRATION);
    }

    private @Nullable String secret() {
        return password != null ? password : System.getenv(PASSWORD_VARIABLE);
    }

    private static DialerConfig bound(DialerConfig config, String local) {
        HostPort address = HostPort.parse(local, 0);
        return config.on(address.host(), address.port());
    }
}

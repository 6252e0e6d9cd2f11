package dev.outdial.testbed.trunk;

import dev.outdial.testbed.counting.CountingCallees;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.message.DigestAlgorithm;
import dev.outdial.testbed.rtp.G711;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Describes a {@link LoopbackTrunk} and starts it. Without any call it listens on a free port of 127.0.0.1 and lets everybody in. One owner. */
public final class LoopbackTrunkBuilder {
    private InetSocketAddress listen = loopback();
    private String realm = "testbed";
    private final Map<String, String> passwords = new LinkedHashMap<>();
    private DigestAlgorithm algorithm = DigestAlgorithm.MD5;
    private boolean challengeRegister = true;
    private boolean challengeInvite = true;
    private Duration nonceLife = Duration.ofMinutes(5);
    private Duration longestRegistration = Duration.ofHours(1);
    private DialPlan plan = DialPlan.standard();
    private List<G711> laws = List.of(G711.MU_LAW, G711.A_LAW);
    private boolean calleesTalk = true;
    private int keepSoundSeconds = 600;
    private Optional<CountingCallees> counting = Optional.empty();
    private int keptCalls = 1000;
    private Optional<Path> recordings = Optional.empty();
    private Optional<Path> capture = Optional.empty();
    private Duration t1 = Duration.ofMillis(500);
    private Consumer<TrunkEvent> listener = event -> {};

    LoopbackTrunkBuilder() {}

    private static InetSocketAddress loopback() {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of four bytes", e);
        }
    }

    /** Listens there, UDP and TCP. Port 0 takes a free one. */
    public LoopbackTrunkBuilder listen(InetSocketAddress address) {
        if (address.isUnresolved()) throw new IllegalArgumentException("unknown host " + address.getHostString());
        listen = address;
        return this;
    }

    /** The realm of challenges; {@code testbed} if not given. */
    public LoopbackTrunkBuilder realm(String name) {
        realm = name;
        return this;
    }

    /** A user with a password. Where there is none, nobody is challenged. */
    public LoopbackTrunkBuilder user(String name, String password) {
        passwords.put(name, password);
        return this;
    }

    /** The hash of challenges; MD5 if not given. */
    public LoopbackTrunkBuilder algorithm(DigestAlgorithm hash) {
        algorithm = hash;
        return this;
    }

    /** Whether REGISTER is challenged with 401 when there are users; it is if not said otherwise. */
    public LoopbackTrunkBuilder challengeRegister(boolean wanted) {
        challengeRegister = wanted;
        return this;
    }

    /** Whether INVITE is challenged with 407 when there are users; it is if not said otherwise. */
    public LoopbackTrunkBuilder challengeInvite(boolean wanted) {
        challengeInvite = wanted;
        return this;
    }

    /** How long a nonce may be used before it is stale; 5 minutes if not given. */
    public LoopbackTrunkBuilder nonceLife(Duration life) {
        nonceLife = life;
        return this;
    }

    /** The longest registration that is granted; an hour if not given. At least a second. */
    public LoopbackTrunkBuilder longestRegistration(Duration longest) {
        if (longest.toSeconds() < 1) throw new IllegalArgumentException("a registration of " + longest);
        longestRegistration = longest;
        return this;
    }

    /** Who answers which number; {@link DialPlan#standard()} if not given. */
    public LoopbackTrunkBuilder dialPlan(DialPlan numbers) {
        plan = numbers;
        return this;
    }

    /** The codecs that callees have, one or two; both if not given. */
    public LoopbackTrunkBuilder codecs(List<G711> wanted) {
        if (wanted.isEmpty()) throw new IllegalArgumentException("no codec");
        laws = List.copyOf(wanted);
        return this;
    }

    /** Whether callees send silence while they say nothing, and RTCP, as telephones do; they do if not said otherwise. Off, a load test has half the packets. */
    public LoopbackTrunkBuilder calleesTalk(boolean wanted) {
        calleesTalk = wanted;
        return this;
    }

    /** How many seconds of each caller's sound are kept; 600 if not given. 0 keeps none and only counts packets. */
    public LoopbackTrunkBuilder keepSoundSeconds(int seconds) {
        if (seconds < 0 || seconds > 36_000) throw new IllegalArgumentException(seconds + " seconds of sound");
        keepSoundSeconds = seconds;
        return this;
    }

    /**
     * All callees share the ears and the mouth of these, which the caller closes after the trunk: for thousands of calls. What one of
     * them heard is not known, its persona's sounds and keys are left out, and waiting for a message or for the end of a sound
     * has no end.
     */
    public LoopbackTrunkBuilder counting(CountingCallees callees) {
        counting = Optional.of(callees);
        return this;
    }

    /** How many calls are remembered; 1000 if not given. Beyond that, the oldest that ended are forgotten. */
    public LoopbackTrunkBuilder keptCalls(int most) {
        if (most < 1) throw new IllegalArgumentException(most + " calls");
        keptCalls = most;
        return this;
    }

    /** A folder for what recording callees hear, a WAV file a call, named for the Call-ID. */
    public LoopbackTrunkBuilder recordings(Path folder) {
        recordings = Optional.of(folder);
        return this;
    }

    /** A pcap file for everything that passes, SIP, RTP and RTCP. */
    public LoopbackTrunkBuilder capture(Path file) {
        capture = Optional.of(file);
        return this;
    }

    /** T1 of RFC 3261, from which all its timers follow; 500 ms if not given, as on real networks. */
    public LoopbackTrunkBuilder t1(Duration estimate) {
        if (!estimate.isPositive()) throw new IllegalArgumentException("T1 of " + estimate);
        t1 = estimate;
        return this;
    }

    /** Who is told what happens, in order, on one thread of its own. */
    public LoopbackTrunkBuilder listener(Consumer<TrunkEvent> watcher) {
        listener = watcher;
        return this;
    }

    /**
     * Starts the trunk.
     *
     * @throws java.io.UncheckedIOException when it cannot listen there or write the capture
     */
    public LoopbackTrunk start() {
        return LoopbackTrunk.start(new TrunkConfig(
                listen,
                realm,
                Map.copyOf(passwords),
                algorithm,
                challengeRegister && !passwords.isEmpty(),
                challengeInvite && !passwords.isEmpty(),
                nonceLife,
                longestRegistration,
                plan,
                laws,
                calleesTalk,
                keepSoundSeconds,
                counting,
                keptCalls,
                recordings,
                capture,
                t1,
                listener));
    }
}

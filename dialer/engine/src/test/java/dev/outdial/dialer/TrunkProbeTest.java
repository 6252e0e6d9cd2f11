package dev.outdial.dialer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.probe.ProbeOptions;
import dev.outdial.dialer.probe.ProbeReport;
import dev.outdial.dialer.probe.ProbeStep;
import dev.outdial.dialer.probe.ProbeStep.Result;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.testbed.dns.DnsServer;
import dev.outdial.testbed.peer.Heard;
import dev.outdial.testbed.peer.NothingHeardException;
import dev.outdial.testbed.peer.ScriptedPeer;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a probe says of trunks that work, and of those that do not. */
@Timeout(60)
class TrunkProbeTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final ProbeOptions PATIENT =
            ProbeOptions.DEFAULT.ringing(SOON, Duration.ofMillis(400)).timing(Duration.ofMillis(20));
    private static final ProbeOptions HASTY = PATIENT.within(Duration.ofMillis(300), Duration.ofMillis(300));

    @TempDir
    private Path folder = Path.of("");

    private static Trunk trunk(InetSocketAddress at, String more) {
        return Trunk.of("carrier", "sip:alice@127.0.0.1:" + at.getPort() + more).withPassword("wonder");
    }

    private static ProbeReport probe(DialerConfig config, ProbeOptions options) throws InterruptedException {
        try (Dialer dialer = Dialer.start(config)) {
            return dialer.probe("carrier", options);
        }
    }

    private static void assertStep(ProbeReport report, String name, Result result, String seen) {
        ProbeStep step = report.step(name).orElseThrow();
        assertThat(step.result()).as(report.toString()).isEqualTo(result);
        assertThat(step.seen()).as(report.toString()).contains(seen);
        assertThat(report.toString()).doesNotContain("wonder");
    }

    @Test
    void aTrunkThatWorksIsWellInEachStep() throws Exception {
        try (var carrier = LoopbackTrunk.builder().user("alice", "wonder").start()) {
            ProbeReport report = probe(DialerConfig.of(trunk(carrier.address(), "")), PATIENT.calling("1008"));

            assertThat(report.allWell()).as(report.toString()).isTrue();
            assertThat(report.steps())
                    .extracting(ProbeStep::name)
                    .containsExactly(
                            "dns", "transport", "register", "options", "address", "sound", "codec", "clock", "timer");
            assertStep(report, "dns", Result.OK, "udp:127.0.0.1:" + carrier.port());
            assertStep(report, "transport", Result.OK, "answers");
            assertStep(report, "register", Result.OK, "200 OK, for 300 s, contact sip:alice");
            assertStep(report, "options", Result.OK, "200 OK after ");
            assertStep(report, "address", Result.OK, "Contact names 127.0.0.1:");
            assertStep(report, "sound", Result.OK, "packets sent to 127.0.0.1:");
            assertStep(report, "codec", Result.OK, "PCMU, 20 ms a packet");
            assertThat(carrier.calls()).hasSize(1);
        }
    }

    @Test
    void aPasswordThatIsWrongIsSaidSoAndNobodyIsCalled() throws Exception {
        try (var carrier =
                LoopbackTrunk.builder().user("alice", "land").realm("elsewhere").start()) {
            ProbeReport report = probe(DialerConfig.of(trunk(carrier.address(), "")), PATIENT.calling("1008"));

            assertStep(
                    report,
                    "register",
                    Result.FAILED,
                    "401 Unauthorized after our answer to the challenge, for user 'alice' in realm 'elsewhere'");
            assertStep(report, "transport", Result.OK, "answers");
            assertStep(report, "sound", Result.SKIPPED, "without a registration nobody is called");
            assertThat(carrier.calls()).isEmpty();
        }
    }

    @Test
    void aTrunkThatIsSilentIsGivenUpInTheTimeThatWasGiven() throws Exception {
        try (var peer = ScriptedPeer.open()) {
            long beganNanos = System.nanoTime();
            ProbeReport report;
            try (Dialer dialer =
                    Dialer.start(DialerConfig.of(trunk(peer.address(), "").withoutRegistration()))) {
                report = dialer.probe("carrier", HASTY);
                assertThat(Duration.ofNanos(System.nanoTime() - beganNanos)).isLessThan(Duration.ofSeconds(10));
            }
            assertStep(report, "transport", Result.FAILED, "says nothing");
            assertStep(report, "options", Result.FAILED, "no answer to OPTIONS");
            assertStep(report, "register", Result.SKIPPED, "not registered with");
            assertStep(report, "address", Result.SKIPPED, "says nothing");
            assertStep(report, "sound", Result.SKIPPED, "no number");
            assertThat(peer.countOf("OPTIONS")).isPositive();
            assertThat(peer.countOf("INVITE")).isZero();
        }
    }

    @Test
    void aNameThatLeadsNowhereIsSaidSo() throws Exception {
        try (var dns = DnsServer.open()) {
            Trunk unknown = Trunk.of("carrier", "sip:alice@sip.nowhere.test").withoutRegistration();
            ProbeReport report =
                    probe(DialerConfig.of(unknown).withNetwork(NetworkOptions.DEFAULT.asking(dns.address())), HASTY);

            assertStep(report, "dns", Result.FAILED, "no such name");
            assertStep(report, "register", Result.SKIPPED, "not found");
            assertThat(report.steps()).hasSize(9);
        }
    }

    @Test
    void aPortAtWhichNobodyListensIsSaidSo() throws Exception {
        InetSocketAddress gone;
        try (var peer = ScriptedPeer.open()) {
            gone = peer.address();
        }
        ProbeReport report = probe(DialerConfig.of(trunk(gone, ";transport=tcp").withoutRegistration()), HASTY);

        assertStep(report, "transport", Result.FAILED, "refused");
        assertThat(report.step("transport").flatMap(ProbeStep::advice).orElseThrow())
                .contains("nobody listens there");
    }

    @Test
    void aCertificateThatNobodyVouchesForIsShown() throws Exception {
        try (var peer = ScriptedPeer.openTls(selfSigned())) {
            Trunk secure = trunk(peer.address(), ";transport=tls").withoutRegistration();
            ProbeReport report = probe(DialerConfig.of(secure), PATIENT.within(SOON, SOON));

            assertStep(
                    report,
                    "transport",
                    Result.FAILED,
                    "is not signed by anybody whom we trust, certificate for 127.0.0.1");
            assertThat(report.step("transport").flatMap(ProbeStep::advice).orElseThrow())
                    .contains("--tls-trust");
        }
    }

    @Test
    void aNatIsSeenAndWhatWeNameInItsPlace() throws Exception {
        try (var peer = ScriptedPeer.open();
                var answers = new Answers(peer)) {
            ProbeReport report = probe(DialerConfig.of(trunk(peer.address(), "").withoutRegistration()), PATIENT);

            assertStep(report, "address", Result.OK, "a NAT: we send from 127.0.0.1:");
            assertStep(report, "address", Result.OK, "the trunk sees 203.0.113.7:1024; Contact names 203.0.113.7:1024");
            assertStep(report, "clock", Result.FAILED, "3600 s behind");
            assertStep(report, "options", Result.OK, "server Nat/1.0");
            assertThat(answers.given).isPositive();
        }
    }

    @Test
    void aCallHeardFromOneSideOnlyIsSaidSo() throws Exception {
        try (var carrier = LoopbackTrunk.builder().calleesTalk(false).start()) {
            ProbeReport report = probe(DialerConfig.of(trunk(carrier.address(), "")), PATIENT.calling("1001"));

            assertStep(report, "sound", Result.FAILED, "one-way audio, we hear nothing");
            assertStep(report, "codec", Result.OK, "PCMU");
            assertThat(report.allWell()).isFalse();
        }
    }

    @Test
    void aNumberThatDoesNotAnswerIsNoTrialOfTheSound() throws Exception {
        try (var carrier = LoopbackTrunk.builder().start()) {
            ProbeReport report = probe(DialerConfig.of(trunk(carrier.address(), "")), PATIENT.calling("1002"));

            assertStep(report, "sound", Result.FAILED, "busy 486");
            assertStep(report, "codec", Result.SKIPPED, "without an answer");
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() throws Exception {
        try (Dialer dialer = Dialer.start(DialerConfig.of())) {
            assertThatThrownBy(() -> dialer.probe("carrier"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no trunk 'carrier'");
        }
        assertThatThrownBy(() -> PATIENT.within(Duration.ofSeconds(20), SOON))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("23 s in all");
        assertThatThrownBy(() -> PATIENT.timing(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("above zero");
    }

    @Test
    void thisMachineIsFitToBeTestedOn() {
        ProbeReport report = Dialer.probeMachine(DialerConfig.of().on("127.0.0.1", 0), PATIENT);

        assertThat(report.steps())
                .extracting(ProbeStep::name)
                .containsExactly("java", "addresses", "sip-port", "rtp-ports", "speech", "files", "timer");
        assertStep(report, "java", Result.OK, "Java ");
        assertStep(report, "sip-port", Result.OK, "127.0.0.1 is free");
        assertStep(report, "rtp-ports", Result.OK, "16384-32767");
        assertStep(report, "speech", Result.OK, "FreeTTS");
    }

    @Test
    void aSipPortThatIsTakenIsNamed() {
        try (var peer = ScriptedPeer.open()) {
            ProbeReport report = Dialer.probeMachine(DialerConfig.of().on("127.0.0.1", peer.port()), PATIENT);

            assertStep(report, "sip-port", Result.FAILED, Integer.toString(peer.port()));
        }
    }

    /** Answers OPTIONS as a trunk on the far side of a NAT whose clock is an hour ahead. */
    private static final class Answers implements AutoCloseable {
        private final Thread thread;
        private volatile int given;

        Answers(ScriptedPeer peer) {
            thread = Thread.ofVirtual().start(() -> {
                while (!Thread.interrupted()) {
                    try {
                        answer(peer, peer.receive("OPTIONS", SOON));
                    } catch (NothingHeardException goOn) {
                        return;
                    }
                }
            });
        }

        private void answer(ScriptedPeer peer, Heard options) {
            String via =
                    options.message().header("Via").orElseThrow().replace(";rport", ";received=203.0.113.7;rport=1024");
            String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    ZonedDateTime.now(ZoneOffset.UTC).plusHours(1).plusSeconds(1));
            peer.reply(
                    options,
                    200,
                    "nat",
                    reply -> reply.replace("Via", via)
                            .header("Date", date.replace("Z", "GMT"))
                            .header("Server", "Nat/1.0"));
            given++;
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }

    private SSLContext selfSigned() throws Exception {
        Path store = folder.resolve("key.p12");
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "key",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-validity",
                        "30",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit"))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) throw new IOException("keytool: " + said);
        var keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}

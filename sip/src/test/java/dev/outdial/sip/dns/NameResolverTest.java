package dev.outdial.sip.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipUri;
import dev.outdial.testbed.dns.DnsServer;
import dev.outdial.testbed.dns.Manner;
import dev.outdial.testbed.dns.RecordType;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.hosts.HostsFileParser;

/** Against a name server on loopback. Time passes by adding to the clock. */
class NameResolverTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofMillis(1500);

    @TempDir
    private Path folder;

    private final DnsServer dns = DnsServer.open();
    private final AtomicLong passed = new AtomicLong();
    private final List<NameResolver> opened = new ArrayList<>();
    private Path hosts = Path.of("unused");

    @BeforeEach
    void writeHosts() throws Exception {
        hosts = Files.writeString(
                folder.resolve("hosts"), "127.0.0.9 pbx.hosts.test\n2001:db8::9 six.hosts.test # a comment\n");
    }

    @AfterEach
    void close() {
        opened.forEach(NameResolver::close);
        dns.close();
    }

    @Test
    void naptrLeadsToSrvAndSrvToAddressesInTheOrderInWhichToFailOver() throws Exception {
        dns.naptr("example.test", 60, 20, 1, "s", "SIP+D2U", "_sip._udp.example.test")
                .naptr("example.test", 60, 10, 1, "s", "SIPS+D2T", "_sips._tcp.example.test")
                .srv("_sips._tcp.example.test", 60, 1, 1, 5061, "a.example.test")
                .srv("_sip._udp.example.test", 60, 2, 1, 5062, "b.example.test")
                .srv("_sip._udp.example.test", 60, 1, 1, 5060, "a.example.test")
                .a("a.example.test", 60, "127.0.0.1")
                .a("a.example.test", 60, "127.0.0.2")
                .aaaa("a.example.test", 60, "::1")
                .a("b.example.test", 60, "127.0.0.3");
        var resolver = open(LIMIT);

        assertThat(locate(resolver, "sip:100@Example.Test"))
                .containsExactly(
                        "tls:127.0.0.1:5061 (example.test)",
                        "tls:127.0.0.2:5061 (example.test)",
                        "tls:[0:0:0:0:0:0:0:1]:5061 (example.test)",
                        "udp:127.0.0.1:5060",
                        "udp:127.0.0.2:5060",
                        "udp:[0:0:0:0:0:0:0:1]:5060",
                        "udp:127.0.0.3:5062");
        assertThat(dns.queryCount()).isEqualTo(7);
        assertThat(locate(resolver, "sips:100@example.test"))
                .containsExactly(
                        "tls:127.0.0.1:5061 (example.test)",
                        "tls:127.0.0.2:5061 (example.test)",
                        "tls:[0:0:0:0:0:0:0:1]:5061 (example.test)");
        assertThat(dns.queryCount()).as("all of it was known").isEqualTo(7);
    }

    @Test
    void theHopCarriesTheNameThatTheAddressWasFoundBy() throws Exception {
        dns.srv("_sip._tcp.example.test", 60, 1, 1, 5060, "a.example.test").a("a.example.test", 60, "127.0.0.1");
        Hop hop = open(LIMIT)
                .locate(SipUri.parse("sip:example.test;transport=tcp"))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .getFirst();
        assertThat(hop.address().getHostString()).isEqualTo("a.example.test");
    }

    @Test
    void answersAreKeptForTheirTimeAndThenAskedForAgain() throws Exception {
        dns.a("pbx.test", 30, "127.0.0.1");
        var resolver = open(LIMIT);
        for (int i = 0; i < 5; i++)
            assertThat(locate(resolver, "sip:pbx.test:5060")).hasSize(1);
        pass(29);
        locate(resolver, "sip:pbx.test:5080");
        assertThat(dns.queryCount("pbx.test", RecordType.A)).isEqualTo(1);

        dns.remove("pbx.test").a("pbx.test", 30, "127.0.0.2");
        pass(2);
        assertThat(locate(resolver, "sip:pbx.test:5060")).containsExactly("udp:127.0.0.2:5060");
        assertThat(dns.queryCount("pbx.test", RecordType.A)).isEqualTo(2);
    }

    @Test
    void thatANameDoesNotExistIsKeptAsLongAsTheServerSays() throws Exception {
        dns.negativeTtl(60);
        var resolver = open(LIMIT);
        for (int i = 0; i < 3; i++) {
            assertNowhere(resolver, "sip:gone.test:5060", "cannot resolve host 'gone.test': no such name");
        }
        pass(59);
        assertNowhere(resolver, "sip:gone.test:5060", "cannot resolve host 'gone.test': no such name");
        assertThat(dns.queryCount("gone.test", RecordType.A)).isEqualTo(1);
        pass(2);
        dns.a("gone.test", 60, "127.0.0.1");
        assertThat(locate(resolver, "sip:gone.test:5060")).containsExactly("udp:127.0.0.1:5060");
    }

    @Test
    void aHundredCallsAtOnceAskOnce() throws Exception {
        dns.a("pbx.test", 60, "127.0.0.1").answering("pbx.test", new Manner.Delay(Duration.ofMillis(100)));
        var resolver = open(LIMIT);
        var all = Stream.generate(
                        () -> resolver.locate(SipUri.parse("sip:pbx.test:5060")).toCompletableFuture())
                .limit(100)
                .toList();
        for (var located : all) assertThat(located.get(10, TimeUnit.SECONDS)).hasSize(1);
        assertThat(dns.queryCount("pbx.test", RecordType.A)).isEqualTo(1);
    }

    @Test
    void aliasesAreFollowedAlsoWhereTheServerDoesNotFollowThem() throws Exception {
        dns.cname("trunk.test", 60, "pbx.test")
                .cname("pbx.test", 60, "host.test")
                .a("host.test", 60, "127.0.0.4");
        dns.cname("loop.test", 60, "loop2.test").cname("loop2.test", 60, "loop.test");
        dns.cname("far.test", 60, "elsewhere.test").answering("elsewhere.test", new Manner.ServerFailure());
        var resolver = open(LIMIT);

        assertThat(locate(resolver, "sip:trunk.test:5060")).containsExactly("udp:127.0.0.4:5060");
        assertThatThrownBy(() -> locate(resolver, "sip:loop.test:5060")).hasCauseInstanceOf(UnknownHostException.class);
        assertNowhere(
                resolver, "sip:far.test:5060", "cannot resolve host 'far.test': the name server answers SERVFAIL");
        assertThat(dns.queryCount("elsewhere.test", RecordType.A)).isEqualTo(2);
    }

    @Test
    void aServerThatFailsIsToldAndAskedTwice() throws Exception {
        dns.answering("*", new Manner.ServerFailure());
        var resolver = open(LIMIT);
        assertNowhere(
                resolver, "sip:pbx.test:5060", "cannot resolve host 'pbx.test': the name server answers SERVFAIL");
        assertThat(dns.queryCount("pbx.test", RecordType.A)).isEqualTo(2);
        assertNowhere(
                resolver, "sip:pbx.test:5060", "cannot resolve host 'pbx.test': the name server answers SERVFAIL");
        assertThat(dns.queryCount("pbx.test", RecordType.A)).isEqualTo(2);
        pass(6);
        dns.answering("*", new Manner.Normal()).a("pbx.test", 60, "127.0.0.1");
        assertThat(locate(resolver, "sip:pbx.test:5060")).hasSize(1);
    }

    @Test
    void aSilentServerIsWaitedForNoLongerThanTheLimit() {
        dns.answering("*", new Manner.Silence());
        var resolver = open(SHORT);
        long startNanos = System.nanoTime();
        assertNowhere(
                resolver,
                "sip:pbx.test",
                "cannot resolve host 'pbx.test': no answer from the name server within 1500 ms");
        long tookMillis = (System.nanoTime() - startNanos) / 1_000_000;
        assertThat(tookMillis).isBetween(1_000L, 20_000L);
        // Twice, where the machine is quick enough to ask again within the limit.
        assertThat(dns.queryCount("pbx.test", RecordType.NAPTR)).isBetween(1, 2);
        assertThat(dns.queryCount("_sip._udp.pbx.test", RecordType.SRV)).isBetween(0, 2);
        assertThat(dns.queryCount("pbx.test", RecordType.A)).isBetween(0, 2);
    }

    @Test
    void aRelayThatDropsWhatItDoesNotKnowStillLeadsToTheAddress() throws Exception {
        dns.answering("*", new Manner.Silence()).a("pbx.test", 60, "127.0.0.1");
        dns.answering("pbx.test", RecordType.A, new Manner.Normal());
        assertThat(locate(open(Duration.ofSeconds(2)), "sip:pbx.test")).containsExactly("udp:127.0.0.1:5060");
    }

    @Test
    void whereTheServerFailsLaterTheLastAnswerIsUsed() throws Exception {
        dns.a("pbx.test", 30, "127.0.0.1");
        var resolver = open(LIMIT);
        locate(resolver, "sip:pbx.test:5060");
        dns.answering("*", new Manner.ServerFailure());
        pass(31);
        assertThat(locate(resolver, "sip:pbx.test:5060")).containsExactly("udp:127.0.0.1:5060");
        pass(3600);
        assertNowhere(
                resolver, "sip:pbx.test:5060", "cannot resolve host 'pbx.test': the name server answers SERVFAIL");
    }

    @Test
    void theLastAnswerIsAlsoUsedWhereTheServerFallsSilent() throws Exception {
        dns.a("pbx.test", 30, "127.0.0.1");
        var resolver = open(SHORT);
        locate(resolver, "sip:pbx.test:5060");
        dns.answering("*", new Manner.Silence());
        pass(31);
        assertThat(locate(resolver, "sip:pbx.test:5060")).containsExactly("udp:127.0.0.1:5060");
        int queryCount = dns.queryCount("pbx.test", RecordType.A);
        assertThat(locate(resolver, "sip:pbx.test:5060")).containsExactly("udp:127.0.0.1:5060");
        assertThat(dns.queryCount("pbx.test", RecordType.A)).isEqualTo(queryCount);
    }

    @Test
    void anAddressWhereANameBelongsIsTaken() throws Exception {
        dns.srv("_sip._udp.example.test", 60, 1, 1, 5070, "127.0.0.7");
        assertThat(locate(open(LIMIT), "sip:example.test;transport=udp")).containsExactly("udp:127.0.0.7:5070");
        assertThat(dns.queryCount()).isEqualTo(1);
    }

    @Test
    void answersThatMakeNoSenseCountAsNoneAndThoseOfStrangersAreWaitedOut() throws Exception {
        dns.a("pbx.test", 60, "127.0.0.1").a("guessed.test", 60, "127.0.0.2");
        dns.answering("pbx.test", new Manner.Garbage()).answering("guessed.test", new Manner.WrongIdFirst());
        var resolver = open(LIMIT);
        assertNowhere(
                resolver,
                "sip:pbx.test:5060",
                "cannot resolve host 'pbx.test': the name server's answer makes no sense");
        assertThat(locate(resolver, "sip:guessed.test:5060")).containsExactly("udp:127.0.0.2:5060");
        assertThat(dns.queryCount("guessed.test", RecordType.A)).isEqualTo(1);
    }

    @Test
    void whatDoesNotFitIsFetchedOverTcp() throws Exception {
        dns.a("pbx.test", 60, "127.0.0.1").answering("pbx.test", new Manner.Truncation());
        assertThat(locate(open(LIMIT), "sip:pbx.test:5060")).containsExactly("udp:127.0.0.1:5060");
        assertThat(dns.streamQueryCount()).isPositive();
    }

    @Test
    void aSilentServerIsPassedOverAndTheOneThatAnsweredIsAskedFirst() throws Exception {
        dns.a("pbx.test", 60, "127.0.0.1");
        try (var late = DnsServer.open()) {
            late.answering("*", new Manner.Silence());
            var resolver = open(Duration.ofSeconds(1), late.address(), dns.address());
            assertThat(locate(resolver, "sip:pbx.test:5060")).containsExactly("udp:127.0.0.1:5060");
            assertThat(late.queryCount("pbx.test", RecordType.A)).isEqualTo(1);
            // Whoever answered is asked first from now on.
            dns.a("other.test", 60, "127.0.0.2");
            assertThat(locate(resolver, "sip:other.test:5060")).containsExactly("udp:127.0.0.2:5060");
            assertThat(late.queryCount("other.test", RecordType.A)).isZero();
        }
    }

    @Test
    void anAnswerThatIsLateForOneFamilyDoesNotHoldUpTheOther() throws Exception {
        dns.a("pbx.test", 60, "127.0.0.1").answering("pbx.test", RecordType.AAAA, new Manner.Silence());
        var resolver = open(Duration.ofSeconds(30));
        long startNanos = System.nanoTime();
        assertThat(locate(resolver, "sip:pbx.test:5060")).containsExactly("udp:127.0.0.1:5060");
        assertThat(System.nanoTime() - startNanos).isLessThan(TimeUnit.SECONDS.toNanos(9));
    }

    @Test
    void aPortWhereNobodyListensIsToldAtOnce() throws Exception {
        InetSocketAddress nobody;
        try (var socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            nobody = (InetSocketAddress) socket.getLocalSocketAddress();
        }
        var resolver = open(LIMIT, nobody);
        assertNowhere(
                resolver,
                "sip:pbx.test:5060",
                "cannot resolve host 'pbx.test': nothing listens at the name server 127.0.0.1:" + nobody.getPort());
    }

    @Test
    void theHostsFileAndTheNamesOfThisHostComeBeforeAnyNameServer() throws Exception {
        dns.a("pbx.hosts.test", 60, "127.0.0.1");
        var resolver = open(LIMIT);
        assertThat(locate(resolver, "sip:PBX.hosts.test")).containsExactly("udp:127.0.0.9:5060");
        assertThat(locate(resolver, "sip:localhost;transport=tcp")).contains("tcp:127.0.0.1:5060");
        assertThat(locate(resolver, "sip:x@six.hosts.test")).containsExactly("udp:[2001:db8:0:0:0:0:0:9]:5060");
        assertNowhere(resolver, "sip:x@host.invalid", "cannot resolve host 'host.invalid': no such name");
        assertThat(dns.queryCount()).isLessThanOrEqualTo(2);
        assertThat(dns.queryCount("host.invalid", RecordType.A)).isZero();
        assertThat(dns.queryCount("pbx.hosts.test", RecordType.A)).isZero();
    }

    @Test
    void onlyAddressesOfTheFamilyThatIsBoundAreAskedFor() throws Exception {
        dns.a("pbx.test", 60, "127.0.0.1").aaaa("pbx.test", 60, "::1");
        var ipv4 = resolver(LIMIT, Optional.of(InetAddress.getByName("127.0.0.1")), dns.address());
        assertThat(locate(ipv4, "sip:pbx.test:5060")).containsExactly("udp:127.0.0.1:5060");
        assertThat(dns.queryCount("pbx.test", RecordType.AAAA)).isZero();
        var ipv6 = resolver(LIMIT, Optional.of(InetAddress.getByName("::1")), dns.address());
        assertThat(locate(ipv6, "sip:pbx.test:5060")).containsExactly("udp:[0:0:0:0:0:0:0:1]:5060");
        assertThat(dns.queryCount("pbx.test", RecordType.A)).isEqualTo(1);
    }

    @Test
    void nobodyWaitsWhoAsksAndAnAddressIsThereAtOnce() {
        dns.answering("*", new Manner.Silence());
        var resolver = open(LIMIT);
        var slow = resolver.locate(SipUri.parse("sip:pbx.test")).toCompletableFuture();
        assertThat(slow).isNotDone();
        assertThat(resolver.locate(SipUri.parse("sip:192.0.2.1")).toCompletableFuture())
                .isCompleted();
        assertThat(slow).isNotDone();
    }

    @Test
    void closingEndsWhatWaitsAndLeavesNoThread() throws Exception {
        dns.answering("*", new Manner.Silence());
        var resolver = open(Duration.ofMinutes(5));
        locate(resolver, "sip:localhost");
        var waiting = Stream.of("a", "b", "c")
                .map(name -> resolver.locate(SipUri.parse("sip:" + name + ".pbx.test"))
                        .toCompletableFuture())
                .toList();
        while (dns.queryCount() < 3) Thread.onSpinWait();

        resolver.close();
        for (CompletableFuture<?> located : waiting) {
            assertThatThrownBy(() -> located.get(5, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseMessage("the SIP user agent is closed");
        }
        assertThatThrownBy(() -> locate(resolver, "sip:pbx.test")).hasRootCauseMessage("the SIP user agent is closed");
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            assertThat(thread.getName()).doesNotStartWith("dnsjava");
            if (!thread.getName().startsWith("sip-system-names")) continue;
            thread.join(5_000);
            assertThat(thread.isAlive()).isFalse();
        }
    }

    private NameResolver open(Duration limit, InetSocketAddress... servers) {
        return resolver(
                limit, Optional.empty(), servers.length == 0 ? new InetSocketAddress[] {dns.address()} : servers);
    }

    private NameResolver resolver(Duration limit, Optional<InetAddress> bound, InetSocketAddress... servers) {
        var resolver = new NameResolver(
                List.of(servers),
                bound,
                address -> true,
                new HostsFileParser(hosts),
                limit,
                () -> System.nanoTime() + passed.get());
        opened.add(resolver);
        return resolver;
    }

    private static List<String> locate(NameResolver resolver, String uri) throws Exception {
        return resolver.locate(SipUri.parse(uri)).toCompletableFuture().get(10, TimeUnit.SECONDS).stream()
                .map(Hop::toString)
                .toList();
    }

    private static void assertNowhere(NameResolver resolver, String uri, String sentence) {
        assertThatThrownBy(() -> locate(resolver, uri))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(UnknownHostException.class)
                .hasMessage(sentence);
    }

    private void pass(long seconds) {
        passed.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }
}

package dev.outdial.sip.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.sip.dns.DnsRecord.Address;
import dev.outdial.sip.dns.DnsRecord.Naptr;
import dev.outdial.sip.dns.DnsRecord.Srv;
import dev.outdial.sip.dns.Question.Type;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipUri;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The procedure of RFC 3263, with a directory in memory. */
class ServerLocatorTest {
    private static final Answer SILENT = new Answer.Failed(Answer.Failure.SILENT, "no answer from the name server");

    private final Map<Question, Answer> known = new HashMap<>();
    private final Map<String, Answer> hosts = new HashMap<>();
    private final Set<String> local = new HashSet<>();
    private final List<String> asked = new ArrayList<>();
    private Predicate<InetAddress> reachable = address -> true;

    @ParameterizedTest
    @CsvSource({
        "sip:x@192.0.2.1, udp:192.0.2.1:5060",
        "sip:x@192.0.2.1:5080;transport=tcp, tcp:192.0.2.1:5080",
        "sips:x@192.0.2.1, tls:192.0.2.1:5061",
        "sip:[2001:db8::1], udp:[2001:db8:0:0:0:0:0:1]:5060",
        "sip:x@example.test;maddr=192.0.2.9, udp:192.0.2.9:5060",
        "sips:x@example.test;maddr=192.0.2.9, tls:192.0.2.9:5061 (example.test)"
    })
    void anAddressNeedsNobody(String uri, String hop) throws Exception {
        assertThat(locate(uri)).containsExactly(hop);
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "sip:x@pbx.test:5070, udp:192.0.2.1:5070",
        "sip:x@PBX.Test.:5070;transport=TCP, tcp:192.0.2.1:5070",
        "sips:x@pbx.test:5070, tls:192.0.2.1:5070 (pbx.test)",
        "sip:x@example.test:5070;maddr=pbx.test, udp:192.0.2.1:5070"
    })
    void withAPortThereAreOnlyAddresses(String uri, String hop) throws Exception {
        hosts.put("pbx.test", addresses("192.0.2.1"));
        assertThat(locate(uri)).containsExactly(hop);
        assertThat(asked).containsExactly("pbx.test");
    }

    @Test
    void withoutPortAndTransportNaptrSaysWhich() throws Exception {
        naptr("example.test", new Naptr(20, 1, "s", "SIP+D2U", "u.test"), new Naptr(10, 1, "s", "SIP+D2T", "t.test"));
        srv("t.test", new Srv(2, 0, 5072, "b.test"), new Srv(1, 0, 5071, "a.test"));
        srv("u.test", new Srv(1, 0, 5073, "a.test"));
        hosts.put("a.test", addresses("192.0.2.1", "2001:db8::1"));
        hosts.put("b.test", addresses("192.0.2.2"));

        assertThat(locate("sip:x@example.test"))
                .containsExactly(
                        "tcp:192.0.2.1:5071",
                        "tcp:[2001:db8:0:0:0:0:0:1]:5071",
                        "tcp:192.0.2.2:5072",
                        "udp:192.0.2.1:5073",
                        "udp:[2001:db8:0:0:0:0:0:1]:5073");
        assertThat(asked).containsExactly("example.test NAPTR", "t.test SRV", "u.test SRV", "a.test", "b.test");
    }

    @Test
    void sipsTakesNothingButTlsAndVerifiesTheDomainOfTheUri() throws Exception {
        naptr("example.test", new Naptr(1, 1, "s", "SIP+D2U", "u.test"), new Naptr(2, 1, "s", "SIPS+D2T", "s.test"));
        srv("s.test", new Srv(1, 0, 5061, "edge.provider.test"));
        hosts.put("edge.provider.test", addresses("192.0.2.1"));

        assertThat(locate("sips:x@Example.Test")).containsExactly("tls:192.0.2.1:5061 (example.test)");
        assertThat(asked).doesNotContain("u.test SRV");
    }

    @Test
    void withoutNaptrTheServicesAreGuessed() throws Exception {
        srv("_sip._tcp.example.test", new Srv(1, 0, 5070, "a.test"));
        srv("_sips._tcp.example.test", new Srv(1, 0, 5071, "a.test"));
        hosts.put("a.test", addresses("192.0.2.1"));

        assertThat(locate("sip:x@example.test"))
                .containsExactly("tcp:192.0.2.1:5070", "tls:192.0.2.1:5071 (example.test)");
        assertThat(asked)
                .containsExactly(
                        "example.test NAPTR",
                        "_sip._udp.example.test SRV",
                        "_sip._tcp.example.test SRV",
                        "_sips._tcp.example.test SRV",
                        "a.test");
        asked.clear();
        assertThat(locate("sips:x@example.test")).containsExactly("tls:192.0.2.1:5071 (example.test)");
        assertThat(asked).containsExactly("example.test NAPTR", "_sips._tcp.example.test SRV", "a.test");
    }

    @ParameterizedTest
    @CsvSource({
        "sip:x@example.test;transport=udp, _sip._udp.example.test, udp:192.0.2.1:5099",
        "sip:x@example.test;transport=tcp, _sip._tcp.example.test, tcp:192.0.2.1:5099",
        "sip:x@example.test;transport=tls, _sips._tcp.example.test, tls:192.0.2.1:5099 (example.test)",
        "sips:x@example.test;transport=tcp, _sips._tcp.example.test, tls:192.0.2.1:5099 (example.test)"
    })
    void aWrittenTransportLeavesOneService(String uri, String service, String hop) throws Exception {
        srv(service, new Srv(1, 0, 5099, "a.test"));
        hosts.put("a.test", addresses("192.0.2.1"));
        assertThat(locate(uri)).containsExactly(hop);
        assertThat(asked).containsExactly(service + " SRV", "a.test");
    }

    @ParameterizedTest
    @CsvSource({
        "sip:x@example.test, udp:192.0.2.1:5060",
        "sip:x@example.test;transport=tcp, tcp:192.0.2.1:5060",
        "sips:x@example.test, tls:192.0.2.1:5061 (example.test)"
    })
    void withoutSrvTheNameItselfIsTheServer(String uri, String hop) throws Exception {
        hosts.put("example.test", addresses("192.0.2.1"));
        assertThat(locate(uri)).containsExactly(hop);
    }

    @Test
    void nameServersThatFailAtNewerTypesStillLeadToTheAddress() throws Exception {
        known.put(new Question("example.test", Type.NAPTR), SILENT);
        known.put(new Question("_sip._udp.example.test", Type.SRV), SILENT);
        hosts.put("example.test", addresses("192.0.2.1"));
        assertThat(locate("sip:x@example.test")).containsExactly("udp:192.0.2.1:5060");
    }

    @Test
    void aNameOfThisHostHasNoServices() throws Exception {
        local.add("pbx");
        hosts.put("pbx", addresses("192.0.2.1"));
        assertThat(locate("sip:x@PBX")).containsExactly("udp:192.0.2.1:5060");
        assertThat(asked).containsExactly("pbx");
    }

    @Test
    void addressesWithoutARouteAreLeftOutAndEachHopComesOnce() throws Exception {
        srv("_sip._udp.example.test", new Srv(1, 0, 5060, "a.test"), new Srv(2, 0, 5060, "b.test"));
        hosts.put("a.test", addresses("192.0.2.1", "2001:db8::1"));
        hosts.put("b.test", addresses("192.0.2.1", "192.0.2.2"));
        reachable = Inet4Address.class::isInstance;
        assertThat(locate("sip:x@example.test")).containsExactly("udp:192.0.2.1:5060", "udp:192.0.2.2:5060");
    }

    @Test
    void thereAreNeverMoreThanSixteen() throws Exception {
        var servers = new Srv[40];
        for (int i = 0; i < servers.length; i++) {
            servers[i] = new Srv(i, 0, 5060, "s" + i + ".test");
            hosts.put("s" + i + ".test", addresses("192.0.2." + (2 * i), "192.0.2." + (2 * i + 1)));
        }
        srv("_sip._udp.example.test", servers);
        assertThat(locate("sip:x@example.test")).hasSize(16).startsWith("udp:192.0.2.0:5060", "udp:192.0.2.1:5060");
        assertThat(asked).hasSize(4 + 16);
    }

    @Test
    void aServerWithoutAnAddressIsPassedOver() throws Exception {
        srv("_sip._udp.example.test", new Srv(1, 0, 5060, "gone.test"), new Srv(2, 0, 5060, "b.test"));
        hosts.put("gone.test", new Answer.Nothing(false, 0));
        hosts.put("b.test", addresses("192.0.2.2"));
        assertThat(locate("sip:x@example.test")).containsExactly("udp:192.0.2.2:5060");
    }

    @Test
    void whatCannotBeLocatedIsToldInASentence() {
        assertNowhere("sip:x@gone.test", "cannot resolve host 'gone.test': no such name");
        hosts.put("mail.test", new Answer.Nothing(true, 0));
        assertNowhere("sip:x@mail.test", "cannot resolve host 'mail.test': it has no address");
        hosts.put("silent.test", SILENT);
        assertNowhere(
                "sip:x@Silent.test", "cannot resolve host 'Silent.test': no answer from the name server within 5 s");
        hosts.put("broken.test", new Answer.Failed(Answer.Failure.BROKEN, "the name server answers SERVFAIL"));
        assertNowhere("sip:x@broken.test", "cannot resolve host 'broken.test': the name server answers SERVFAIL");

        srv("_sip._udp.denied.test", new Srv(0, 0, 0, ""));
        assertNowhere(
                "sip:x@denied.test",
                "cannot resolve host 'denied.test': its DNS says that it takes no SIP calls this way");
        srv("_sip._udp.example.test", new Srv(1, 0, 5060, "gone.test"), new Srv(2, 0, 5060, "mail.test"));
        assertNowhere(
                "sip:x@example.test",
                "cannot resolve host 'example.test': of its 2 servers none can be found, gone.test: no such name");
        hosts.put("six.test", addresses("2001:db8::1"));
        reachable = Inet4Address.class::isInstance;
        assertNowhere("sip:x@six.test", "cannot resolve host 'six.test': there is no route to [2001:db8:0:0:0:0:0:1]");
    }

    private void assertNowhere(String uri, String sentence) {
        assertThatThrownBy(() -> locate(uri))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage(sentence);
    }

    private List<String> locate(String uri) throws UnknownHostException {
        var locator = new ServerLocator(new InMemory(), address -> reachable.test(address), bound -> 0, 5_000_000_000L);
        return locator.locate(SipUri.parse(uri), 0).stream().map(Hop::toString).toList();
    }

    private void naptr(String name, Naptr... records) {
        known.put(new Question(name, Type.NAPTR), new Answer.Found(List.of(records), 60));
    }

    private void srv(String name, Srv... records) {
        known.put(new Question(name, Type.SRV), new Answer.Found(List.of(records), 60));
    }

    private static Answer addresses(String... literals) {
        return new Answer.Found(
                Arrays.stream(literals)
                        .<DnsRecord>map(literal -> new Address(address(literal)))
                        .toList(),
                60);
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private final class InMemory implements Directory {
        @Override
        public boolean isLocal(String name) {
            return local.contains(name);
        }

        @Override
        public List<Answer> ask(List<Question> questions, long deadlineNanos) {
            // Time must be left for what is asked after these.
            assertThat(deadlineNanos).isLessThanOrEqualTo(TimeUnit.SECONDS.toNanos(4));
            questions.forEach(question -> asked.add(question.toString()));
            return questions.stream()
                    .map(question -> known.getOrDefault(question, new Answer.Nothing(false, 0)))
                    .toList();
        }

        @Override
        public List<Answer> addresses(List<String> names, long deadlineNanos) {
            assertThat(deadlineNanos).isEqualTo(TimeUnit.SECONDS.toNanos(5));
            asked.addAll(names);
            return names.stream()
                    .map(name -> hosts.getOrDefault(name, new Answer.Nothing(false, 0)))
                    .toList();
        }
    }
}

package dev.outdial.sip.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.outdial.sip.dns.DnsRecord.Naptr;
import dev.outdial.sip.dns.DnsRecord.Srv;
import dev.outdial.sip.dns.RecordOrder.Service;
import dev.outdial.sip.message.TransportProtocol;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class RecordOrderTest {
    private static final int DRAWS = 10_000;

    @Test
    void servicesComeByOrderThenByPreference() {
        var records = List.of(
                new Naptr(50, 20, "s", "SIP+D2T", "tcp.test"),
                new Naptr(90, 1, "s", "SIPS+D2T", "tls.test"),
                new Naptr(50, 10, "S", "sip+d2u", "udp.test"));
        assertThat(RecordOrder.services(records, false))
                .containsExactly(
                        new Service("udp.test", TransportProtocol.UDP),
                        new Service("tcp.test", TransportProtocol.TCP),
                        new Service("tls.test", TransportProtocol.TLS));
        assertThat(RecordOrder.services(records, true)).containsExactly(new Service("tls.test", TransportProtocol.TLS));
    }

    @Test
    void servicesThatWeDoNotSpeakAndOtherFlagsAreLeftOut() {
        var records = List.of(
                new Naptr(1, 1, "s", "SIP+D2S", "sctp.test"),
                new Naptr(1, 2, "u", "E2U+sip", "enum.test"),
                new Naptr(1, 3, "a", "SIP+D2U", "address.test"),
                new Naptr(1, 4, "", "SIP+D2U", "further.test"));
        assertThat(RecordOrder.services(records, false)).isEmpty();
    }

    @Test
    void lowerPrioritiesComeFirstWhateverTheirWeights() {
        var random = new Random(11);
        for (int i = 0; i < 200; i++) {
            var ordered = RecordOrder.servers(
                    List.of(srv(30, 65_535, "c"), srv(10, 0, "a"), srv(20, 5, "b")), random::nextInt);
            assertThat(ordered).extracting(Srv::target).containsExactly("a", "b", "c");
        }
    }

    @Test
    void withinAPriorityTheFirstIsDrawnByWeight() {
        var records = List.of(srv(10, 60, "a"), srv(10, 30, "b"), srv(10, 10, "c"));
        var shares = firsts(records, new Random(20_261_121)::nextInt);
        // RFC 2782 draws from 0 to the sum, both included: the first in the list has one number more of 101.
        assertThat(shares.get("a")).isCloseTo(61.0 / 101, within(0.02));
        assertThat(shares.get("b")).isCloseTo(30.0 / 101, within(0.02));
        assertThat(shares.get("c")).isCloseTo(10.0 / 101, within(0.02));
    }

    @Test
    void theSecondIsDrawnByWeightAmongTheRest() {
        var random = new Random(7);
        var records = List.of(srv(10, 50, "a"), srv(10, 40, "b"), srv(10, 10, "c"));
        int afterA = 0;
        int bAfterA = 0;
        for (int i = 0; i < DRAWS; i++) {
            var ordered = RecordOrder.servers(records, random::nextInt);
            assertThat(ordered).containsExactlyInAnyOrderElementsOf(records);
            if (!ordered.getFirst().target().equals("a")) continue;
            afterA++;
            if (ordered.get(1).target().equals("b")) bAfterA++;
        }
        assertThat((double) bAfterA / afterA).isCloseTo(0.8, within(0.03));
    }

    @Test
    void weightZeroIsDrawnHardlyEver() {
        var records = List.of(srv(10, 99, "a"), srv(10, 0, "b"));
        assertThat(firsts(records, new Random(5)::nextInt).get("b")).isCloseTo(0.01, within(0.005));
    }

    @Test
    void weightsOfZeroAloneKeepTheirOrder() {
        var records = List.of(srv(10, 0, "a"), srv(10, 0, "b"), srv(10, 0, "c"));
        assertThat(RecordOrder.servers(records, new Random(1)::nextInt))
                .extracting(Srv::target)
                .containsExactly("a", "b", "c");
    }

    @Test
    void everyNumberThatCanBeDrawnLeadsToAServer() {
        var records = List.of(srv(1, 65_535, "a"), srv(1, 65_535, "b"), srv(1, 0, "c"));
        assertThat(RecordOrder.servers(records, bound -> 0))
                .extracting(Srv::target)
                .containsExactly("c", "a", "b");
        assertThat(RecordOrder.servers(records, bound -> bound - 1))
                .extracting(Srv::target)
                .containsExactly("b", "a", "c");
    }

    private static Map<String, Double> firsts(List<Srv> records, IntUnaryOperator draw) {
        var counts = new HashMap<String, Double>();
        for (int i = 0; i < DRAWS; i++) {
            counts.merge(RecordOrder.servers(records, draw).getFirst().target(), 1.0 / DRAWS, Double::sum);
        }
        return counts;
    }

    private static Srv srv(int priority, int weight, String target) {
        return new Srv(priority, weight, 5060, target);
    }
}

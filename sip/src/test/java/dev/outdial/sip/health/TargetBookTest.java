package dev.outdial.sip.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.TransportProtocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In simulated time, which starts just before the clock wraps around. */
class TargetBookTest {
    private static final Hop FIRST = hop(1);
    private static final Hop SECOND = hop(2);
    private static final List<Hop> BOTH = List.of(FIRST, SECOND);
    private static final TargetEvent SILENT = new TargetEvent.Silent();

    private double jitter = 0.5;
    private final TargetBook book = new TargetBook(() -> jitter);
    private long now = Long.MAX_VALUE - seconds(1);

    @Test
    void hopsAreTriedInTheirOrderUntilOneFailsThreeTimesInARow() {
        assertThat(usable()).containsExactly(FIRST, SECOND);
        book.report(FIRST, SILENT, now);
        book.report(FIRST, new TargetEvent.Unreachable("connection refused"), now);
        assertThat(usable()).containsExactly(FIRST, SECOND);
        book.report(FIRST, new TargetEvent.Answered(), now);
        fail(FIRST, 2);
        assertThat(usable()).containsExactly(FIRST, SECOND);

        book.report(FIRST, SILENT, now);
        assertThat(usable()).containsExactly(SECOND);
        assertThat(book.order(List.of(FIRST), now))
                .isEqualTo(new Choice.None("udp:192.0.2.1:5060 does not answer", now + seconds(5)));
    }

    @Test
    void afterThePauseOneCallTriesAndItsSuccessOpensTheWayForAll() {
        fail(FIRST, 3);
        pass(seconds(5) - 1);
        assertThat(usable()).containsExactly(SECOND);
        pass(1);
        assertThat(usable()).as("the call that tries").containsExactly(FIRST, SECOND);
        assertThat(usable()).as("the next one").containsExactly(SECOND);
        assertThat(book.order(List.of(FIRST), now))
                .isEqualTo(new Choice.None(
                        "udp:192.0.2.1:5060 does not answer (one call is trying it)", now + TargetHealth.PROBE_NANOS));

        book.report(FIRST, new TargetEvent.Answered(), now);
        assertThat(usable()).containsExactly(FIRST, SECOND);
        assertThat(usable()).containsExactly(FIRST, SECOND);
        assertThat(book.health(FIRST)).isEqualTo(TargetHealth.SOUND);
    }

    @Test
    void thePausesDoubleToAMinute() {
        fail(FIRST, 3);
        for (long pause : new long[] {5, 10, 20, 40, 60, 60}) {
            assertThat(book.health(FIRST))
                    .isEqualTo(new TargetHealth.Open(now + seconds(pause), seconds(pause), "does not answer"));
            pass(seconds(pause));
            assertThat(usable()).containsExactly(FIRST, SECOND);
            pass(seconds(32));
            book.report(FIRST, SILENT, now);
        }
    }

    @ParameterizedTest
    @CsvSource({"0,3750", "0.5,5000", "0.999,6247"})
    void jitterMovesThePauseByAQuarter(double drawn, long millis) {
        jitter = drawn;
        fail(FIRST, 3);
        long until = ((TargetHealth.Open) book.health(FIRST)).untilNanos();
        assertThat(TimeUnit.NANOSECONDS.toMillis(until - now)).isEqualTo(millis);
    }

    @Test
    void callsFromBeforeThePauseDoNotProlongItAndALateAnswerEndsIt() {
        fail(FIRST, 3);
        TargetHealth open = book.health(FIRST);
        fail(FIRST, 20);
        assertThat(book.health(FIRST)).isEqualTo(open);
        book.report(FIRST, new TargetEvent.Answered(), now);
        assertThat(usable()).containsExactly(FIRST, SECOND);
    }

    @Test
    void aCallThatTriesAndNeverReportsDoesNotBlockTheHopForGood() {
        fail(FIRST, 3);
        pass(seconds(5));
        assertThat(usable()).containsExactly(FIRST, SECOND);
        pass(TargetHealth.PROBE_NANOS - 1);
        assertThat(usable()).containsExactly(SECOND);
        pass(1);
        assertThat(usable()).containsExactly(FIRST, SECOND);
        assertThat(usable()).containsExactly(SECOND);
    }

    @Test
    void whereTheCallThatWasToTryDoesNotTheNextOneMay() {
        fail(FIRST, 3);
        pass(seconds(5));
        assertThat(usable()).containsExactly(FIRST, SECOND);
        assertThat(usable()).containsExactly(SECOND);
        book.report(FIRST, new TargetEvent.Untried(), now);
        assertThat(usable()).containsExactly(FIRST, SECOND);
        assertThat(usable()).containsExactly(SECOND);
        book.report(FIRST, SILENT, now);
        assertThat(book.health(FIRST))
                .as("the pause is as long as it would have been")
                .isEqualTo(new TargetHealth.Open(now + seconds(10), seconds(10), "does not answer"));

        TargetHealth open = book.health(FIRST);
        book.report(FIRST, new TargetEvent.Untried(), now);
        assertThat(book.health(FIRST)).isEqualTo(open);
        book.report(SECOND, new TargetEvent.Untried(), now);
        assertThat(book.health(SECOND)).isEqualTo(TargetHealth.SOUND);
    }

    @Test
    void aHopInDoubtThatIsNotFirstWaitsForItsTurn() {
        fail(SECOND, 3);
        pass(seconds(5));
        assertThat(usable()).containsExactly(FIRST, SECOND);
        assertThat(usable()).as("nobody tries it yet").containsExactly(FIRST, SECOND);
        book.report(SECOND, SILENT, now);
        assertThat(usable()).containsExactly(FIRST);
    }

    @ParameterizedTest
    @CsvSource({"20,20", "0,2", "1,1", "300,300", "86400,300", "-1,2"})
    void whoAnswers503IsLeftAloneForAsLongAsItAsks(int asked, int rest) {
        var retryAfter = asked < 0 ? OptionalInt.empty() : OptionalInt.of(asked);
        book.report(FIRST, new TargetEvent.Overloaded(retryAfter), now);

        assertThat(usable()).containsExactly(SECOND);
        assertThat(book.order(List.of(FIRST), now))
                .isEqualTo(new Choice.None(
                        "udp:192.0.2.1:5060 asked for " + rest + " s of rest (503)", now + seconds(rest)));
        pass(seconds(rest) - 1);
        assertThat(usable()).containsExactly(SECOND);
        pass(1);
        assertThat(usable()).containsExactly(FIRST, SECOND);
        assertThat(usable()).as("all may try").containsExactly(FIRST, SECOND);
    }

    @Test
    void theRestHoldsWhateverEarlierCallsSayAndTheLongestOneCounts() {
        book.report(FIRST, new TargetEvent.Overloaded(OptionalInt.of(20)), now);
        book.report(FIRST, new TargetEvent.Answered(), now);
        fail(FIRST, 5);
        book.report(FIRST, new TargetEvent.Overloaded(OptionalInt.of(3)), now);
        pass(seconds(19));
        assertThat(usable()).containsExactly(SECOND);
        pass(seconds(1));
        assertThat(usable()).containsExactly(FIRST, SECOND);
        book.report(FIRST, SILENT, now);
        assertThat(book.health(FIRST)).isEqualTo(new TargetHealth.Closed(1));
    }

    @Test
    void whereAllRestTheSentenceNamesThemAndTheTimeIsThatOfTheFirst() {
        book.report(FIRST, new TargetEvent.Overloaded(OptionalInt.of(20)), now);
        for (int i = 0; i < 3; i++) {
            book.report(SECOND, new TargetEvent.Unreachable("connection refused"), now);
        }
        assertThat(book.order(BOTH, now))
                .isEqualTo(new Choice.None(
                        "udp:192.0.2.1:5060 asked for 20 s of rest (503);"
                                + " udp:192.0.2.2:5060 cannot be reached: connection refused",
                        now + seconds(5)));
    }

    @Test
    void theBookDoesNotGrow() {
        for (int i = 0; i < 5_000; i++) fail(hop(i), 3);
        assertThat(book.health(hop(4_999))).isInstanceOf(TargetHealth.Open.class);
        assertThat(book.health(hop(5_000 - TargetBook.MOST_HOPS))).isInstanceOf(TargetHealth.Open.class);
        assertThat(book.health(hop(4_999 - TargetBook.MOST_HOPS))).isEqualTo(TargetHealth.SOUND);
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> book.order(List.of(), now)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TargetEvent.Overloaded(OptionalInt.of(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Choice.Usable(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private List<Hop> usable() {
        return ((Choice.Usable) book.order(BOTH, now)).hops();
    }

    private void fail(Hop hop, int times) {
        for (int i = 0; i < times; i++) book.report(hop, SILENT, now);
    }

    private void pass(long nanos) {
        now += nanos;
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    private static Hop hop(int number) {
        try {
            var address =
                    InetAddress.getByAddress(new byte[] {(byte) 192, 0, (byte) (2 + number / 256), (byte) number});
            return new Hop(new InetSocketAddress(address, 5060), TransportProtocol.UDP);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}

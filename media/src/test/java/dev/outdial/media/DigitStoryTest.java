package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.sdp.PayloadTypes;
import dev.outdial.testbed.link.ImpairedLink;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigitStoryTest {
    private static String randomDigits(int count, long seed) {
        var random = new Random(seed);
        var digits = new StringBuilder();
        for (int i = 0; i < count; i++) digits.append("0123456789*#ABCD".charAt(random.nextInt(16)));
        return digits.toString();
    }

    private static String heardOver(ImpairedLink<byte[]> link, String digits) {
        var pair = new SimulatedPair(new Random(1), link);
        pair.outgoing.sendDigits(1, digits);
        pair.runFor(240 * digits.length() + 2000);
        assertThat(pair.sentEvents).containsExactly(new MediaEvent.DigitsSent(1, digits));
        return pair.digitsHeard();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyDigitIsHeardOnceOverALinkThatLosesDoublesAndReorders(long seed) {
        var link = ImpairedLink.<byte[]>seed(seed)
                .delay(Duration.ofMillis(50))
                .jitter(Duration.ofMillis(30))
                .losing(0.1)
                .duplicating(0.1)
                .reordering(0.1, Duration.ofMillis(45));
        String digits = randomDigits(2000, seed);
        assertThat(heardOver(link, digits)).as("%s", link).isEqualTo(digits);
    }

    @Test
    void whereNoTelephoneEventsAreAgreedKeysAreSentAndHeardInTheSound() {
        var pair = new SimulatedPair(new Random(1), ImpairedLink.<byte[]>seed(5).delay(Duration.ofMillis(30)));
        var terms = SimulatedPair.terms(OptionalInt.empty(), PayloadTypes.NONE.withCodec(0, AudioCodec.PCMU), true);
        pair.outgoing.agree(terms);
        pair.incoming.agree(terms, 0);
        pair.outgoing.sendDigits(1, "0123456789*#ABCD11");
        pair.runFor(240 * 18 + 1000);
        assertThat(pair.digitsHeard()).isEqualTo("0123456789*#ABCD11");
        assertThat(pair.heardEvents)
                .filteredOn(event -> event instanceof MediaEvent.Digit)
                .allSatisfy(event ->
                        assertThat(((MediaEvent.Digit) event).source()).isEqualTo(MediaEvent.DigitSource.IN_BAND));
    }

    @Test
    void whoSendsTonesAndTelephoneEventsThoughNoneWereAgreedIsHeardOnce() {
        var pair = new SimulatedPair(new Random(1), ImpairedLink.seed(5));
        pair.incoming.agree(SimulatedPair.terms(OptionalInt.empty(), SimulatedPair.RECEIVE, true), 0);
        var tones = SimulatedPair.terms(OptionalInt.empty(), SimulatedPair.RECEIVE, true);
        for (int i = 0; i < 3; i++) {
            // A gateway lets 60 ms of the tone through before it turns the rest of the key into telephone-events.
            pair.outgoing.agree(tones);
            pair.outgoing.sendDigits(2 * i, "5", 60, 40);
            pair.runFor(60);
            pair.outgoing.agree(SimulatedPair.TERMS);
            pair.outgoing.sendDigits(2 * i + 1, "5");
            pair.runFor(1000);
        }
        assertThat(pair.digitsHeard()).isEqualTo("555");
    }

    @Test
    void aToneThatWasToldOfIsNotToldAgainWhenItsTelephoneEventFollows() {
        var pair = new SimulatedPair(new Random(1), ImpairedLink.seed(5));
        pair.incoming.agree(SimulatedPair.terms(OptionalInt.empty(), SimulatedPair.RECEIVE, true), 0);
        pair.outgoing.agree(SimulatedPair.terms(OptionalInt.empty(), SimulatedPair.RECEIVE, true));
        pair.outgoing.sendDigits(1, "5", 100, 60);
        pair.runFor(260);
        assertThat(pair.digitsHeard()).isEqualTo("5");
        pair.outgoing.agree(SimulatedPair.TERMS);
        pair.outgoing.sendDigits(2, "56");
        pair.runFor(2000);
        assertThat(pair.digitsHeard()).isEqualTo("56");
    }

    @Test
    void tonesBesideTelephoneEventsAreNoSecondKey() {
        var pair = new SimulatedPair(new Random(1), ImpairedLink.seed(5));
        // The far end sends tones though telephone-events were agreed.
        pair.outgoing.agree(SimulatedPair.terms(OptionalInt.empty(), SimulatedPair.RECEIVE, true));
        pair.outgoing.sendDigits(1, "123");
        pair.runFor(2000);
        assertThat(pair.digitsHeard()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void atTenPercentRandomLossNearlyAllOfTwoThousandDigitsAreHeardAndNoneTwice(long seed) {
        String digits = randomDigits(2000, seed);
        String heard = heardOver(ImpairedLink.<byte[]>seed(seed).losing(0.1), digits);
        assertThat(heard).hasSizeBetween(1990, 2000);
        assertThat(isLeftOver(heard, digits)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void burstsOfLossDoublesAndOvertakingPacketsMakeNoDigitDouble(long seed) {
        var random = new Random(seed);
        int[] burst = {0};
        // About a tenth of the packets is lost, up to five in a row; the third of an end's packets never come.
        var link = ImpairedLink.<byte[]>seed(seed)
                .delay(Duration.ofMillis(40))
                .dropping(packet -> {
                    if (burst[0] == 0 && random.nextDouble() < 0.035) burst[0] = 1 + random.nextInt(5);
                    return burst[0] > 0 && burst[0]-- > 0;
                })
                .dropping(packet -> SimulatedPair.isKeyEnd(packet) && random.nextInt(3) == 0)
                .duplicating(0.2)
                .reordering(0.1, Duration.ofMillis(45));
        String digits = randomDigits(2000, seed);
        String heard = heardOver(link, digits);
        assertThat(link.lostCount()).isGreaterThan(2000);
        assertThat(heard).hasSizeBetween(1990, 2000);
        assertThat(isLeftOver(heard, digits)).isTrue();
    }

    /** Whether something is what is left of a text when some of it is taken away: nothing twice, nothing else, in order. */
    private static boolean isLeftOver(String left, String text) {
        int at = 0;
        for (int i = 0; i < text.length() && at < left.length(); i++) if (text.charAt(i) == left.charAt(at)) at++;
        return at == left.length();
    }

    @Test
    void theSameDigitFastRepeatedIsCountedRightUnderLoss() {
        var link = ImpairedLink.<byte[]>seed(5).losing(0.1).duplicating(0.2);
        assertThat(heardOver(link, "7".repeat(500))).isEqualTo("7".repeat(500));
    }

    @Test
    void digitsWhoseEndPacketsAreAllLostAreStillHeardOnce() {
        var link = ImpairedLink.<byte[]>seed(7).dropping(SimulatedPair::isKeyEnd);
        assertThat(heardOver(link, "5550#")).isEqualTo("5550#");
    }

    @Test
    void digitsOfWhichOnlyEndPacketsArriveAreHeardOnce() {
        var link = ImpairedLink.<byte[]>seed(7).dropping(p -> SimulatedPair.isKey(p) && !SimulatedPair.isKeyEnd(p));
        assertThat(heardOver(link, "11223")).isEqualTo("11223");
    }

    @Test
    void digitsWithoutAMarkerAreHeard() {
        var link = ImpairedLink.<byte[]>seed(7).dropping(p -> SimulatedPair.isKey(p) && p[1] < 0);
        assertThat(heardOver(link, "0*A")).isEqualTo("0*A");
    }

    @Test
    void everythingTwiceIsStillEachDigitOnce() {
        assertThat(heardOver(ImpairedLink.<byte[]>seed(7).doubling(p -> true), "7788"))
                .isEqualTo("7788");
    }

    @Test
    void digitsAreHeardAcrossTheWrapOfTimestampsAndSequenceNumbers() {
        var pair = new SimulatedPair(SimulatedPair.aboutToWrap(), ImpairedLink.seed(1));
        pair.outgoing.sendDigits(1, "1123");
        pair.runFor(2000);
        assertThat(pair.digitsHeard()).isEqualTo("1123");
        assertThat(pair.receiver.lost()).isZero();
        assertThat(pair.receiver.strays()).isZero();
    }
}

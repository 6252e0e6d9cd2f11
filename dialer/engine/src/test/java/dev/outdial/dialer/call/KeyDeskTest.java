package dev.outdial.dialer.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.digits.Digits;
import dev.outdial.dialer.gather.Gather;
import dev.outdial.dialer.gather.GatherEnd;
import dev.outdial.dialer.gather.GatherRequest;
import dev.outdial.dialer.gather.GatherState;
import dev.outdial.dialer.gather.Gathered;
import dev.outdial.media.MediaEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Where keys go, in simulated time. */
class KeyDeskTest {
    private static final long SECOND = 1_000_000_000;

    private final List<CompletableFuture<MediaEvent.Played>> prompts =
            List.of(new CompletableFuture<>(), new CompletableFuture<>());
    private final List<CompletableFuture<MediaEvent.Played>> stopped = new ArrayList<>();
    private final List<Gathered> told = new ArrayList<>();
    private final KeyDesk desk =
            new KeyDesk(which -> prompts.stream().filter(which).forEach(stopped::add));

    private long now = -7; // nanoTime may be negative

    private void press(String keys) {
        for (char key : keys.toCharArray()) desk.press(key, now);
    }

    private CompletableFuture<String> collect(Digits rule) {
        var result = new CompletableFuture<String>();
        desk.collect(rule, result, now);
        return result;
    }

    /** Gathers keys; the second of the two clips is its prompt, where it has one. */
    private Gathering gather(GatherRequest request, boolean prompted) {
        var gathering = new Gathering(
                request, prompted, Gathering.Waiting::plainly, unwanted -> desk.cancel(unwanted, now), told::add);
        var begun = new CompletableFuture<Gather>();
        assertThat(desk.gather(gathering, begun, now)).isTrue();
        if (gathering.isPrompting()) gathering.prompts(prompts.getLast());
        return gathering;
    }

    @Test
    void whatWasTypedAheadCountsOnceAndInOrder() {
        press("123");
        assertThat(collect(Digits.digits(2))).isCompletedWithValue("12");
        assertThat(collect(Digits.digits(2).within(Duration.ZERO))).isNotDone();
        press("4");
        press("5");
        Gathering gathering = gather(GatherRequest.digits(1), true);
        assertThat(gathering.digits()).isEqualTo("5");
        // It was over before its prompt began.
        assertThat(stopped).isEmpty();
        assertThat(told).containsExactly(new Gathered("5", GatherEnd.MAX_DIGITS, Optional.empty()));
    }

    @Test
    void whatWasTypedAheadIsThrownAwayOnRequest() {
        press("12");
        assertThat(collect(Digits.digits(1).fromNowOn().within(Duration.ZERO))).isNotDone();
        desk.tick(now);
        press("34");
        Gathering gathering = gather(GatherRequest.digits(1).withoutTypeAhead(), false);
        assertThat(gathering.state()).isEqualTo(GatherState.COLLECTING);
        press("5");
        assertThat(gathering.digits()).isEqualTo("5");
    }

    @Test
    void ofManyKeysThatNobodyTakesTheLastAreKept() {
        press("1".repeat(300) + "2");
        var result = collect(Digits.until('2'));
        assertThat(result).isCompletedWithValue("1".repeat(255));
    }

    @Test
    void aKeyThatCountsEndsAllThatPlaysWhereACollectionAsksForThat() {
        collect(Digits.digits(2).of("12").bargingIn());
        press("9");
        assertThat(stopped).isEmpty();
        press("1");
        assertThat(stopped).isEqualTo(prompts);
    }

    @Test
    void aKeyEndsThePromptOfAGatheringAndNoOther() {
        Gathering gathering = gather(GatherRequest.DEFAULT, true);
        prompts.getFirst().complete(new MediaEvent.Played(1, 1, true));
        desk.promptMayBeOver(now);
        assertThat(gathering.state()).isEqualTo(GatherState.PROMPTING);
        press("1");
        assertThat(stopped).containsExactly(prompts.getLast());
        assertThat(desk.nextDeadlineNanos()).hasValue(now + 5 * SECOND);
    }

    @Test
    void theTimeOfAGatheringBeginsWithTheEndOfItsPrompt() {
        Gathering gathering = gather(GatherRequest.DEFAULT, true);
        assertThat(desk.nextDeadlineNanos()).isEmpty();
        prompts.getLast().complete(new MediaEvent.Played(1, 1, true));
        now += 60 * SECOND;
        desk.promptMayBeOver(now);
        assertThat(gathering.state()).isEqualTo(GatherState.COLLECTING);
        now += 5 * SECOND;
        desk.tick(now);
        assertThat(told).containsExactly(new Gathered("", GatherEnd.INTER_DIGIT_TIMEOUT, Optional.empty()));
        assertThat(desk.nextDeadlineNanos()).isEmpty();
    }

    @Test
    void oneAtATime() {
        gather(GatherRequest.DEFAULT, false);
        assertThat(collect(Digits.digits(1))).isCompletedExceptionally();
        desk.over();
        desk.over();
        assertThat(told).containsExactly(new Gathered("", GatherEnd.HUNG_UP, Optional.empty()));
        assertThat(collect(Digits.digits(1))).isNotDone();
        var begun = new CompletableFuture<Gather>();
        var second = new Gathering(GatherRequest.DEFAULT, false, Gathering.Waiting::plainly, unwanted -> {}, told::add);
        assertThat(desk.gather(second, begun, now)).isFalse();
        assertThat(begun).isCompletedExceptionally();
    }

    @Test
    void whatIsCancelledLateDisturbsNobody() {
        Gathering first = gather(GatherRequest.digits(1), false);
        press("1");
        Gathering second = gather(GatherRequest.digits(1), false);
        first.cancel();
        assertThat(second.state()).isEqualTo(GatherState.COLLECTING);
        second.cancel();
        assertThat(told).extracting(Gathered::reason).containsExactly(GatherEnd.MAX_DIGITS, GatherEnd.CANCELLED);
    }
}

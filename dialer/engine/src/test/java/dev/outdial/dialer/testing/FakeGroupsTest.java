package dev.outdial.dialer.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.Answer;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.CallGroup;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.group.GroupPlan;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.retry.RetryPolicy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Groups and retries in a time of their own: what takes hours takes none. */
@Timeout(30)
class FakeGroupsTest {
    private static final String ALICE = "+15551234567";
    private static final String BOB = "+15557654321";

    private final FakeTrunk trunk = FakeTrunk.named("carrier");

    @Test
    void retriesOverHoursTakeNoTime() throws Exception {
        trunk.callee(ALICE).isBusy();
        try (Dialer dialer = trunk.dialer()) {
            Call call = dialer.dialWithRetries(
                    DialRequest.over("carrier", ALICE),
                    RetryPolicy.of(3, Duration.ofHours(1))
                            .growing(2, Duration.ofHours(9))
                            .spread(0));
            assertThat(call.awaitAnswer()).isInstanceOf(Answer.Busy.class);
            assertThat(trunk.clock().nanos())
                    .isBetween(
                            Duration.ofHours(3).toNanos(),
                            Duration.ofHours(3).plusSeconds(2).toNanos());
        }
    }

    @Test
    void aGroupRingsOneAfterAnotherInNoTime() throws Exception {
        trunk.callee(ALICE).rings().neverAnswers();
        trunk.callee(BOB).rings().answersAfter(Duration.ofSeconds(5));
        try (Dialer dialer = trunk.dialer()) {
            CallGroup group = dialer.dialGroup(
                    List.of(DialRequest.over("carrier", ALICE), DialRequest.over("carrier", BOB)),
                    GroupPlan.oneAfterAnother(Duration.ofSeconds(20)));
            assertThat(((CallGroup.Result.Won) group.awaitWinner()).member()).isEqualTo(1);
            group.hangUp();
            assertThat(group.awaitEnd())
                    .extracting(outcome -> outcome.orElseThrow().kind())
                    .containsExactly(OutcomeKind.NO_ANSWER, OutcomeKind.COMPLETED);
            assertThat(trunk.clock().nanos()).isLessThan(Duration.ofSeconds(40).toNanos());
        }
    }
}

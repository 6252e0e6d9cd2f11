package dev.outdial.dialer.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.call.Detours.Way;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.outcome.Phase;
import dev.outdial.dialer.outcome.RefusedBy;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetoursTest {
    private static final Detours TWO_TRUNKS = Detours.of(List.of("second", "third"), 0);

    @ParameterizedTest
    @ValueSource(ints = {408, 404, 500, 502, 503, 504})
    void aTrunkThatFailsIsFollowedByTheNext(int status) {
        Detours.Next next = TWO_TRUNKS.after(failed(status), List.of()).orElseThrow();
        assertThat(next.way()).isEqualTo(new Way.OverTrunk("second"));

        next = next.left().after(failed(status), List.of()).orElseThrow();
        assertThat(next.way()).isEqualTo(new Way.OverTrunk("third"));
        assertThat(next.left().after(failed(status), List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"BUSY,486", "BUSY,600", "REJECTED,603", "REJECTED,403", "NO_ANSWER,480", "CANCELED,487", "FAILED,487"})
    void whoHasSaidNoIsNotCalledAgain(OutcomeKind kind, int status) {
        assertThat(TWO_TRUNKS.after(outcome(kind, status, Phase.SENT), List.of()))
                .isEmpty();
    }

    @Test
    void whoMayHaveHeardItRingIsNotCalledAgain() {
        assertThat(TWO_TRUNKS.after(outcome(OutcomeKind.FAILED, 503, Phase.RINGING), List.of()))
                .isEmpty();
        assertThat(TWO_TRUNKS.after(outcome(OutcomeKind.FAILED, 503, Phase.MEDIA), List.of()))
                .isEmpty();
    }

    @Test
    void whatTheCalleeRefusedIsNotTriedElsewhere() {
        CallOutcome refused = failed(488).refused(RefusedBy.CALLEE, Optional.empty());
        assertThat(TWO_TRUNKS.after(refused, List.of())).isEmpty();
    }

    @Test
    void redirectionsAreFollowedAsOftenAsAllowedAndNeverTwiceToOnePlace() {
        List<String> named = List.of("sip:a@192.0.2.1", "sip:b@192.0.2.1");
        Detours two = Detours.of(List.of("second"), 2);

        Detours.Next first = two.after(failed(302), named).orElseThrow();
        assertThat(first.way()).isEqualTo(new Way.ToTarget("sip:a@192.0.2.1"));
        Detours.Next second = first.left().after(failed(302), named).orElseThrow();
        assertThat(second.way()).isEqualTo(new Way.ToTarget("sip:b@192.0.2.1"));
        assertThat(second.left().after(failed(302), named)).isEmpty();
    }

    @Test
    void withoutLeaveNoRedirectionIsFollowed() {
        assertThat(TWO_TRUNKS.after(failed(302), List.of("sip:a@192.0.2.1"))).isEmpty();
    }

    @Test
    void noWayIsTakenTwiceInACircle() {
        Detours.Next first = Detours.of(List.of(), 3)
                .after(failed(301), List.of("sip:a@192.0.2.1"))
                .orElseThrow();
        assertThat(first.left().after(failed(301), List.of("sip:a@192.0.2.1"))).isEmpty();
    }

    private static CallOutcome failed(int status) {
        return outcome(OutcomeKind.FAILED, status, Phase.SENT);
    }

    private static CallOutcome outcome(OutcomeKind kind, int status, Phase phase) {
        return new CallOutcome(
                kind, OptionalInt.of(status), OptionalInt.empty(), EndedBy.REMOTE, phase, false, "no", 0, 0);
    }
}

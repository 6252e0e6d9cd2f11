package dev.outdial.sip.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.dialog.OfferAnswerGuard.Ours;
import dev.outdial.sip.dialog.OfferAnswerGuard.Theirs;
import dev.outdial.sip.message.SipAnswer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OfferAnswerGuardTest {
    @ParameterizedTest
    @CsvSource({
        // ours, theirs, may invite, may update, INVITE in, UPDATE in with an offer
        "STABLE, STABLE, true, true, 0, 0",
        "STABLE, UNDECIDED, false, true, 500, 500",
        "STABLE, UNACKNOWLEDGED, false, true, 0, 0",
        "REQUEST, STABLE, false, false, 0, 0",
        "REQUEST, UNDECIDED, false, false, 500, 500",
        "REQUEST, UNACKNOWLEDGED, false, false, 0, 0",
        "INVITE, STABLE, false, false, 491, 491",
        "INVITE, UNDECIDED, false, false, 491, 491",
        "INVITE, UNACKNOWLEDGED, false, false, 491, 491",
        "OFFER_IN_ANSWER, UNACKNOWLEDGED, false, false, 491, 491",
    })
    void whatMayBeSentAndTaken(
            Ours ours, Theirs theirs, boolean invite, boolean update, int inviteRefusal, int updateRefusal) {
        var guard = new OfferAnswerGuard(ours, theirs);
        assertThat(guard.mayInvite()).isEqualTo(invite);
        assertThat(guard.mayUpdateWithoutOffer()).isEqualTo(update);
        assertThat(guard.refusalOfInvite(7).map(SipAnswer::status).orElse(0)).isEqualTo(inviteRefusal);
        assertThat(guard.refusalOfUpdate(true, 7).map(SipAnswer::status).orElse(0))
                .isEqualTo(updateRefusal);
        assertThat(guard.refusalOfUpdate(false, 7)).isEmpty();
        guard.refusalOfInvite(7)
                .filter(answer -> answer.status() == 500)
                .ifPresent(answer ->
                        assertThat(answer.headers().first("Retry-After")).contains("7"));
    }
}

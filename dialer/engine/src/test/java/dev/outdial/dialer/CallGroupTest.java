package dev.outdial.dialer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.group.GroupEvent;
import dev.outdial.dialer.group.GroupPlan;
import dev.outdial.dialer.group.NobodyBecause;
import dev.outdial.dialer.ledger.InMemoryLedger;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.peer.Heard;
import dev.outdial.testbed.peer.ScriptedPeer;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import dev.outdial.testbed.trunk.TrunkMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several callees who are rung for one call, over a trunk on loopback. */
@Timeout(60)
class CallGroupTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    private final InMemoryLedger ledger = new InMemoryLedger();
    private final LoopbackTrunk trunk = LoopbackTrunk.builder().start();
    private final ScriptedPeer peer = ScriptedPeer.open();
    private final List<GroupEvent> events = new CopyOnWriteArrayList<>();
    private final Dialer dialer = Dialer.start(DialerConfig.of(
                    Trunk.of("carrier", "sip:alice@127.0.0.1:" + trunk.port()).withoutRegistration(),
                    Trunk.of("peer", "sip:alice@" + peer.hostPort()).withoutRegistration())
            .withLedger(ledger));

    @AfterEach
    void close() {
        peer.replyAlways("BYE", 200);
        dialer.close();
        trunk.close();
        peer.close();
    }

    private static DialRequest to(String number) {
        return DialRequest.over("carrier", number);
    }

    private List<SipMessage> requests(Call call, String method) {
        return trunk.awaitEnd(call.id(), SOON).orElseThrow().messages().stream()
                .map(TrunkMessage::message)
                .filter(message -> message.isRequest(method))
                .toList();
    }

    @Test
    void whoPicksUpFirstTakesTheCallAndTheOthersLearnThatItWasCompletedElsewhere() throws Exception {
        // One rings for ever, one answers after half a second, one is busy.
        CallGroup group =
                dialer.dialGroup(List.of(to("1003"), to("+14155550100"), to("1002")), GroupPlan.ringAll(), events::add);
        var won = (CallGroup.Result.Won) group.awaitWinner();
        assertThat(won.member()).isEqualTo(1);
        assertThat(won.call().awaitAnswer()).isInstanceOf(Answer.Answered.class);

        Call loser = group.calls().get(0).orElseThrow();
        assertThat(loser.awaitEnd().kind()).isEqualTo(OutcomeKind.CANCELED);
        assertThat(loser.awaitEnd().cause()).hasValue(26);
        assertThat(requests(loser, "CANCEL").getFirst().header("Reason"))
                .contains("SIP;cause=200;text=\"Call completed elsewhere\"");

        group.hangUp();
        List<Optional<CallOutcome>> outcomes = group.awaitEnd();
        assertThat(outcomes)
                .extracting(outcome -> outcome.orElseThrow().kind())
                .containsExactly(OutcomeKind.CANCELED, OutcomeKind.COMPLETED, OutcomeKind.BUSY);
        assertThat(ledger.open()).isZero();
        assertThat(events).filteredOn(GroupEvent.Won.class::isInstance).hasSize(1);
    }

    @Test
    void aSecondAnswerThatCrossesTheCancelIsEndedByByeAndToldAsWhatItWas() throws Exception {
        CallGroup group = dialer.dialGroup(
                List.of(DialRequest.over("peer", "2000"), to("1001")), GroupPlan.ringAll(), events::add);
        Heard invite = peer.receive("INVITE", SOON);
        peer.reply(invite, 180, "slow");
        var won = (CallGroup.Result.Won) group.awaitWinner();
        assertThat(won.member()).isEqualTo(1);
        Heard cancel = peer.receive("CANCEL", SOON);
        peer.answer(
                invite,
                "slow",
                "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0\r\n");
        peer.reply(cancel, 200, "slow");
        peer.receive("ACK", SOON);
        Heard bye = peer.receive("BYE", SOON);
        assertThat(bye.message().header("Reason")).contains("SIP;cause=200;text=\"Call completed elsewhere\"");
        peer.reply(bye, 200, "");

        CallOutcome crossed = group.calls().get(0).orElseThrow().awaitEnd();
        assertThat(crossed.kind()).isEqualTo(OutcomeKind.CANCELED);
        assertThat(crossed.answered()).isTrue();
        assertThat(crossed.reason()).contains("somebody else").contains("too late");
        assertThat(won.call().awaitEnd(Duration.ofMillis(100))).isEmpty();
    }

    @Test
    void oneAfterAnotherTheNextIsRungWhenTheTimeOfOneIsOver() throws Exception {
        CallGroup group = dialer.dialGroup(
                List.of(to("1003"), to("1002"), to("1001"), to("1001")),
                GroupPlan.oneAfterAnother(Duration.ofMillis(400)),
                events::add);
        var won = (CallGroup.Result.Won) group.awaitWinner();
        assertThat(won.member()).isEqualTo(2);
        assertThat(group.calls().get(0).orElseThrow().awaitEnd().kind()).isEqualTo(OutcomeKind.NO_ANSWER);
        assertThat(group.calls().get(3)).isEmpty();
        won.call().hangUp();
        assertThat(group.awaitEnd().get(3)).isEmpty();
    }

    @Test
    void whoHuntsForTheFirstFreeStopsWhereOneRang() throws Exception {
        DialRequest rings = to("1003").ringingFor(Duration.ofMillis(300));
        CallGroup group = dialer.dialGroup(List.of(to("1002"), rings, to("1001")), GroupPlan.firstFree());
        var nobody = (CallGroup.Result.Nobody) group.awaitWinner();
        assertThat(nobody.why()).isEqualTo(NobodyBecause.ALL_ENDED);
        assertThat(nobody.outcomes().get(0).orElseThrow().kind()).isEqualTo(OutcomeKind.BUSY);
        assertThat(nobody.outcomes().get(1).orElseThrow().kind()).isEqualTo(OutcomeKind.NO_ANSWER);
        assertThat(nobody.outcomes().get(2)).isEmpty();
    }

    @Test
    void theRingTimeOfTheGroupEndsItAndAHangUpDoes() throws Exception {
        CallGroup late = dialer.dialGroup(
                List.of(to("1003"), to("1003")), GroupPlan.ringAll().within(Duration.ofMillis(300)));
        assertThat(((CallGroup.Result.Nobody) late.awaitWinner()).why()).isEqualTo(NobodyBecause.TIME_OVER);

        CallGroup given = dialer.dialGroup(List.of(to("1003"), to("1003")), GroupPlan.ringAll());
        given.hangUp();
        assertThat(((CallGroup.Result.Nobody) given.awaitWinner()).why()).isEqualTo(NobodyBecause.GIVEN_UP);
        assertThat(given.awaitEnd())
                .extracting(outcome -> outcome.orElseThrow().kind())
                .containsOnly(OutcomeKind.CANCELED);
    }

    @Test
    void aGroupThatMakesNoSenseIsRefusedBeforeAnybodyIsDialled() {
        assertThatThrownBy(() -> dialer.dialGroup(List.of(), GroupPlan.ringAll()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nobody");
        assertThatThrownBy(
                        () -> dialer.dialGroup(List.of(to("1001"), to("1001").orOver("nowhere")), GroupPlan.ringAll()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nowhere");
        assertThat(trunk.calls()).isEmpty();
    }

    @Test
    void theListenerHearsOfEachMemberInOrder() throws Exception {
        var over = new CountDownLatch(1);
        CallGroup group = dialer.dialGroup(List.of(to("1001")), GroupPlan.ringAll(), event -> {
            events.add(event);
            if (event instanceof GroupEvent.Over) over.countDown();
        });
        group.awaitWinner();
        group.hangUp();
        assertThat(over.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(events).first().isEqualTo(new GroupEvent.OfMember(0, new CallEvent.Sent()));
        assertThat(events).last().isEqualTo(new GroupEvent.Over());
    }
}

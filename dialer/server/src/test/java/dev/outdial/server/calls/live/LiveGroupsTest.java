package dev.outdial.server.calls.live;

import static dev.outdial.server.calls.live.LiveBench.ME;
import static dev.outdial.server.calls.live.LiveBench.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.server.calls.BridgeRecord;
import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.calls.CallPlan;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.GroupcallRecord;
import dev.outdial.server.calls.NewGroupcall;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import dev.outdial.testbed.trunk.TrunkMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls that belong together, calls that hear each other, and who is told. */
@Timeout(40)
class LiveGroupsTest {
    /** So late that the others ring before. */
    private static final DialPlan PLAN = DialPlan.standard()
            .with(
                    "2006",
                    Persona.of(
                            "answers late",
                            new Step.Ring(),
                            new Step.Wait(Duration.ofMillis(1500)),
                            new Step.Answer()));

    @TempDir
    private Path folder = Path.of("");

    private final LoopbackTrunk trunk = LoopbackTrunk.builder().dialPlan(PLAN).start();
    private Optional<LiveBench> opened = Optional.empty();

    private LiveBench bench() {
        if (opened.isEmpty()) opened = Optional.of(LiveBench.on(folder, trunk.port()));
        return opened.get();
    }

    @AfterEach
    void close() {
        opened.ifPresent(LiveBench::close);
        trunk.close();
    }

    private GroupcallRecord group(NewGroupcall.RingMethod ring, String... numbers) {
        var calls = List.of(numbers).stream()
                .map(number -> to(number, new CallPlan.Park()))
                .toList();
        return bench().live
                .groupcalls()
                .create(
                        ME,
                        new NewGroupcall(calls, ring, NewGroupcall.AnswerMethod.HANGUP_OTHERS, ""),
                        Optional.empty())
                .item();
    }

    @Test
    void whoAnswersFirstHasTheCallAndTheOthersAreHungUp() {
        GroupcallRecord group = group(NewGroupcall.RingMethod.RING_ALL, "1003", "2006");
        CallRecord other = bench().await(group.callIds().getFirst(), CallStatus.HANGUP);

        GroupcallRecord answered = bench().live.groupcalls().get(ME, group.id());
        assertThat(answered.status()).isEqualTo("progressing");
        assertThat(answered.answerCallId()).isEqualTo(group.callIds().getLast());
        assertThat(other.outcome()).isEqualTo("canceled");
        assertThat(other.cause()).isEqualTo("ANSWERED_ELSEWHERE");
        assertThat(other.hangupReason()).isEqualTo("normal");
        assertThat(reasons(other, "CANCEL")).containsExactly("SIP;cause=200;text=\"Call completed elsewhere\"");
        assertThat(bench().get(answered.answerCallId()).status()).isEqualTo(CallStatus.PROGRESSING);

        bench().live.groupcalls().hangUp(ME, group.id());
        LiveBench.await(
                () -> bench().live.groupcalls().get(ME, group.id()),
                one -> one.status().equals("hangup"));
        assertThat(bench().live.events().after(ME, 0, Optional.empty(), 1000))
                .extracting(CallEventRecord::type)
                .containsSubsequence("groupcall.created", "groupcall.answered", "groupcall.ended");
    }

    /** What the requests of a method said of why. */
    private List<String> reasons(CallRecord call, String method) {
        return trunk.calls().stream()
                .filter(one -> one.callId().equals(call.sipCallId()))
                .flatMap(one -> one.messages().stream())
                .map(TrunkMessage::message)
                .filter(message -> message.isRequest() && message.method().equals(method))
                .flatMap(message -> message.values("Reason").stream())
                .toList();
    }

    @Test
    void oneAfterAnotherIsDialledUntilSomebodyAnswers() {
        GroupcallRecord group = group(NewGroupcall.RingMethod.LINEAR, "1002", "1001", "1000");
        bench().await(group.callIds().get(1), CallStatus.PROGRESSING);

        assertThat(bench().get(group.callIds().getFirst()).outcome()).isEqualTo("busy");
        CallRecord last = bench().await(group.callIds().getLast(), CallStatus.HANGUP);
        assertThat(last.attempts()).isZero();
        assertThat(trunk.calls()).hasSize(2);
        bench().live.groupcalls().delete(ME, group.id());
        assertThatThrownBy(() -> bench().live.groupcalls().get(ME, group.id())).isInstanceOf(ServiceException.class);
    }

    @Test
    void callsHearEachOtherInABridgeAndInAConference() {
        String first = bench().create(to("1001", new CallPlan.Park())).id();
        String second = bench().create(to("1008", new CallPlan.Park())).id();
        bench().await(first, CallStatus.PROGRESSING);
        assertThatThrownBy(
                        () -> bench().live.bridges().create(ME, "connect", List.of(first, "nobody"), Optional.empty()))
                .isInstanceOf(ServiceException.class);
        bench().await(second, CallStatus.PROGRESSING);

        BridgeRecord two = bench().live
                .bridges()
                .create(ME, "connect", List.of(first, second), Optional.empty())
                .item();
        LiveBench.await(() -> bench().get(first), call -> call.bridgeId().equals(two.id()));
        bench().live.bridges().delete(ME, two.id());
        LiveBench.await(() -> bench().get(first), call -> call.bridgeId().isEmpty());

        BridgeRecord many = bench().live
                .bridges()
                .create(ME, "conference", List.of(first), Optional.empty())
                .item();
        assertThat(bench().live.bridges().add(ME, many.id(), second).callIds()).containsExactly(first, second);
        assertThat(bench().live.bridges().remove(ME, many.id(), first).callIds())
                .containsExactly(second);
        assertThat(bench().get(first).status()).isEqualTo(CallStatus.PROGRESSING);
    }

    @Test
    void aCallIsInOneBridgeAtATime() {
        List<String> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            calls.add(bench().create(to("1008", new CallPlan.Park())).id());
        }
        calls.forEach(call -> bench().await(call, CallStatus.PROGRESSING));
        var bridges = bench().live.bridges();

        // Two at once do not both win.
        List<Object> results = List.of(
                        CompletableFuture.supplyAsync(() -> bridged(calls.get(0), calls.get(1))),
                        CompletableFuture.supplyAsync(() -> bridged(calls.get(0), calls.get(2))))
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(results).hasAtLeastOneElementOfType(ServiceException.class);
        BridgeRecord made = results.stream()
                .filter(BridgeRecord.class::isInstance)
                .map(BridgeRecord.class::cast)
                .findFirst()
                .orElseThrow();
        LiveBench.await(
                () -> bench().get(calls.getFirst()), call -> call.bridgeId().equals(made.id()));
        assertThat(bridged(calls.get(0), calls.get(1))).isInstanceOfSatisfying(ServiceException.class, refused -> {
            assertThat(refused.kind()).isEqualTo(ServiceException.Kind.CONFLICT);
            assertThat(refused.code()).isEqualTo("call_in_bridge");
            assertThat(refused.fields())
                    .extracting(ServiceException.Field::field)
                    .containsExactly("call_ids");
        });
        assertThat(bridges.list(ME, new PageQuery(Optional.empty(), 10)).items())
                .hasSize(1);

        // Who was refused with another is free; who moves on is not told to have left the next one.
        bridges.delete(ME, made.id());
        BridgeRecord next = (BridgeRecord) bridged(calls.get(1), calls.get(2));
        LiveBench.await(
                () -> bench().get(calls.getFirst()), call -> call.bridgeId().isEmpty());
        for (String call : next.callIds()) {
            LiveBench.await(() -> bench().get(call), one -> one.bridgeId().equals(next.id()));
        }
    }

    private Object bridged(String one, String other) {
        try {
            return bench().live
                    .bridges()
                    .create(ME, "connect", List.of(one, other), Optional.empty())
                    .item();
        } catch (ServiceException refused) {
            return refused;
        }
    }

    @Test
    void whoListensIsWokenAndReadsOnByCursor() {
        var woken = new AtomicInteger();
        var subscription = bench().live.events().subscribe(ME, woken::incrementAndGet);
        String id = bench().create(to("1002", new CallPlan.Park())).id();
        bench().await(id, CallStatus.HANGUP);

        List<CallEventRecord> first = bench().live.events().after(ME, 0, Optional.empty(), 1);
        List<CallEventRecord> rest =
                bench().live.events().after(ME, first.getFirst().cursor(), Optional.empty(), 1000);
        assertThat(first).hasSize(1);
        assertThat(rest).extracting(CallEventRecord::type).containsExactly("call.dialing", "call.ended");
        assertThat(bench().live.events().latest(ME)).isEqualTo(rest.getLast().cursor());
        LiveBench.await(woken::get, times -> times >= 3);
        subscription.close();
    }
}

package dev.outdial.server.calls.live;

import static dev.outdial.server.calls.live.LiveBench.ME;
import static dev.outdial.server.calls.live.LiveBench.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.flow.run.Companions;
import dev.outdial.dialer.ledger.LedgerRules;
import dev.outdial.server.calls.Address;
import dev.outdial.server.calls.CallPlan;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.ServiceException.Kind;
import dev.outdial.server.calls.TransferWish;
import dev.outdial.server.dial.QueueLedger;
import dev.outdial.server.store.DoNotCallTable;
import dev.outdial.server.store.Store;
import dev.outdial.server.store.StoreLedger;
import dev.outdial.server.store.StoreSettings;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls that a call has dialled: rows of their own, linked to it, and ended with it. */
@Timeout(40)
class ChainedCallsTest {
    private static final DialPlan PLAN = DialPlan.standard()
            .with("2000", Persona.of("answers", new Step.Answer()))
            .with("2003", Persona.of("rings", new Step.Ring()))
            .with(
                    "2004",
                    Persona.of(
                            "answers and leaves",
                            new Step.Answer(),
                            new Step.Wait(Duration.ofMillis(300)),
                            new Step.HangUp()));

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

    private static String call(String number, boolean chained) {
        return """
                {"type":"call","option":{"source":{"type":"tel","target":"+4930555"},"chained":%s,
                 "destinations":[{"type":"tel","target":"%s"}],"actions":[{"type":"sleep","option":{"duration":30000}}]}}""".formatted(chained, number);
    }

    private static final String SLEEP = ",{\"type\":\"sleep\",\"option\":{\"duration\":30000}}]";

    private CallRecord chained(String master) {
        List<String> ids = LiveBench.await(
                        () -> bench().get(master),
                        call -> !call.chainedCallIds().isEmpty())
                .chainedCallIds();
        assertThat(ids).hasSize(1);
        return bench().get(ids.getFirst());
    }

    @Test
    void aChainedCallIsLinkedAndEndsWithItsMaster() {
        String master = bench().create(to("2000", new CallPlan.InlineFlow("[" + call("2000", true) + SLEEP)))
                .id();
        CallRecord further = chained(master);
        assertThat(further.masterCallId()).isEqualTo(master);
        assertThat(further.from().target()).isEqualTo("+4930555");
        assertThat(further.to().target()).isEqualTo("2000");
        bench().await(further.id(), CallStatus.PROGRESSING);

        bench().live.calls().hangUp(ME, master, "normal");

        CallRecord over = bench().await(further.id(), CallStatus.HANGUP);
        assertThat(over.outcome()).isEqualTo("completed");
        assertThat(over.hangupBy()).isEqualTo("local");
        assertThat(over.hangupReason()).isEqualTo("normal");
        assertThat(over.attempts()).isEqualTo(1);
        assertThat(bench().types(over.id()))
                .startsWith("call.created", "call.dialing")
                .containsSubsequence("call.answered", "flow.started", "action.started", "flow.ended", "call.ended")
                .endsWith("call.ended");
        assertThat(bench().types(master)).contains("call.updated");
        assertThat(trunk.calls().getLast().callId()).isEqualTo(over.sipCallId());
    }

    @Test
    void aChainedCallThatRingsIsGivenUpWithItsMaster() {
        String master = bench().create(to("2000", new CallPlan.InlineFlow("[" + call("2003", true) + SLEEP)))
                .id();
        CallRecord further = chained(master);
        bench().await(further.id(), CallStatus.RINGING);

        bench().live.calls().hangUp(ME, master, "normal");

        assertThat(bench().await(further.id(), CallStatus.HANGUP).outcome()).isEqualTo("canceled");
        assertThat(trunk.calls().getLast().glance()).anyMatch("> CANCEL"::equals);
    }

    @Test
    void aCallThatIsNotChainedGoesOnWithoutItsMaster() {
        String master = bench().create(to("2000", new CallPlan.InlineFlow("[" + call("2000", false) + "]")))
                .id();
        bench().await(master, CallStatus.HANGUP);
        assertThat(bench().get(master).chainedCallIds()).isEmpty();
        CallRecord other =
                LiveBench.await(
                                () -> bench().live
                                        .calls()
                                        .list(ME, LiveBench.ALL)
                                        .items(),
                                calls -> calls.size() == 2)
                        .stream()
                        .filter(call -> !call.id().equals(master))
                        .findFirst()
                        .orElseThrow();
        assertThat(other.masterCallId()).isEmpty();
        assertThat(bench().await(other.id(), CallStatus.PROGRESSING).account()).isEqualTo(ME);
    }

    @Test
    void whoeverIsConnectedIsACallOfTheOther() {
        String master = bench().create(to("2000", new CallPlan.InlineFlow("""
                [{"type":"connect","option":{"source":{"type":"tel","target":"+4930555"},
                  "destinations":[{"type":"tel","target":"2004"}]}}]"""))).id();
        CallRecord third = chained(master);
        CallRecord over = bench().await(third.id(), CallStatus.HANGUP);
        assertThat(over.masterCallId()).isEqualTo(master);
        assertThat(over.outcome()).isEqualTo("completed");
        assertThat(over.hangupBy()).isEqualTo("remote");
        assertThat(bench().types(third.id()))
                .startsWith("call.created", "call.dialing")
                .endsWith("call.ended");
        assertThat(bench().await(master, CallStatus.HANGUP).outcome()).isEqualTo("completed");
    }

    @Test
    void theThirdCallOfABridgedTransferIsOneToo() {
        String master = bench().create(to("2000", new CallPlan.Park())).id();
        bench().await(master, CallStatus.PROGRESSING);

        bench().live.calls().transfer(ME, master, TransferWish.to(new Address(Address.Type.TEL, "2000", "")));

        CallRecord third = chained(master);
        assertThat(third.masterCallId()).isEqualTo(master);
        bench().await(third.id(), CallStatus.PROGRESSING);
        bench().live.calls().hangUp(ME, third.id(), "normal");
        assertThat(bench().await(third.id(), CallStatus.HANGUP).outcome()).isEqualTo("completed");
        assertThat(bench().await(master, CallStatus.HANGUP).outcome()).isEqualTo("completed");
    }

    /** Whom we may not dial, nobody is asked to dial in our place. */
    @Test
    void aBlindTransferIsJudgedAsACallIs() {
        String master = bench().create(to("2000", new CallPlan.Park())).id();
        bench().await(master, CallStatus.PROGRESSING);
        boolean unused = bench().store.durably(tables -> {
            boolean added =
                    tables.doNotCall().add(new DoNotCallTable.Entry(ME, "+493012345678", "asked", Instant.EPOCH));
            return added;
        });

        assertThatThrownBy(() -> transferred(master, Address.Type.TEL, "112")).hasMessageContaining("emergency");
        assertThatThrownBy(() -> transferred(master, Address.Type.SIP, "sip:112@127.0.0.1"))
                .hasMessageContaining("emergency");
        assertThatThrownBy(() -> transferred(master, Address.Type.TEL, "+19005550123"))
                .hasMessageContaining("premium");
        assertThatThrownBy(() -> transferred(master, Address.Type.TEL, "+493012345678"))
                .hasMessageContaining("do-not-call");
        bench().live.calls().hangUp(ME, master, "normal");
    }

    private void transferred(String master, Address.Type type, String target) {
        bench().live.calls().transfer(ME, master, new Address(type, target, ""));
    }

    @Test
    void aTransferThatCannotBeStoredIsRefusedAsEverythingIsWhileTheStoreIsAway() {
        CallRecord master = bench().create(to("2000", new CallPlan.Park()));
        bench().await(master.id(), CallStatus.PROGRESSING);
        Store away = Store.open(StoreSettings.inMemory("away" + master.id()));
        away.close();
        var ledger = new QueueLedger(new StoreLedger(away, bench().lease, () -> LedgerRules.STANDARD));
        LiveSettings settings =
                LiveSettings.of(bench().lease, ledger, () -> List.of("carrier"), folder.resolve("away"));
        var workshop = new Workshop(away, bench().dialer, settings);
        var calls = new FurtherCalls(workshop, new LiveCall(master, "node", 1));
        TransferWish wish = TransferWish.to(new Address(Address.Type.TEL, "2000", ""));
        DialRequest request = Requests.of("carrier", wish);

        assertThatThrownBy(() -> calls.transferred(request, wish))
                .isInstanceOfSatisfying(
                        ServiceException.class, told -> assertThat(told.kind()).isEqualTo(Kind.UNAVAILABLE));
        assertThat(workshop.live()).isEmpty();
        // A flow takes it as every call that cannot be dialled.
        assertThatThrownBy(() -> calls.about(request, Companions.Why.CONNECTED, ""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot be stored");
        assertThat(trunk.calls()).hasSize(1);
    }

    @Test
    void whatMayNotBeDialledIsARowThatSaysSo() {
        String master = bench().create(to("2000", new CallPlan.InlineFlow("[" + call("+4930777", true) + SLEEP)))
                .id();
        bench().store
                .durably(tables -> tables.doNotCall()
                        .add(new dev.outdial.server.store.DoNotCallTable.Entry(
                                ME, "+4930777", "asked", java.time.Instant.now())));

        CallRecord refused = bench().await(chained(master).id(), CallStatus.HANGUP);

        assertThat(refused.outcome()).isEqualTo("refused");
        assertThat(trunk.calls()).hasSize(1);
    }
}

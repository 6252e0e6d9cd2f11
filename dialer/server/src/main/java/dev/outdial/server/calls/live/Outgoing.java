package dev.outdial.server.calls.live;

import dev.outdial.dialer.Call;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.FlowException;
import dev.outdial.dialer.flow.run.FlowStart;
import dev.outdial.dialer.log.LogMark;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.CallStatistics;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.server.calls.CallPlan;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.dial.Dispatcher;
import dev.outdial.server.dial.QueueLedger;
import dev.outdial.server.store.QueueTable.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Places calls of the queue, and sees them to their end. <b>Threading:</b> any; what waits runs on virtual threads. */
final class Outgoing implements Dispatcher.Hands {
    private static final Logger LOG = LoggerFactory.getLogger(Outgoing.class);
    private static final String NATIVE = "native";
    private static final Duration STORE_AWAY = Duration.ofSeconds(1);

    private final Workshop workshop;
    private final Consumer<LiveCall> whenAnswered;
    private volatile Consumer<String> begun = id -> {};
    private volatile Consumer<String> over = id -> {};

    Outgoing(Workshop workshop, Consumer<LiveCall> whenAnswered) {
        this.workshop = workshop;
        this.whenAnswered = whenAnswered;
    }

    void tell(Dispatcher dispatcher) {
        begun = dispatcher::begun;
        over = dispatcher::over;
    }

    @Override
    public void giveUp(CallRecord call) {
        Thread.ofVirtual().name("outdial-give-up-" + call.id()).start(() -> {
            try {
                new Hangups(workshop).end(call.id(), "cancel");
            } catch (ServiceException elsewhere) {
                LOG.debug("call={} is not given up: {}", call.id(), elsewhere.getMessage());
            }
        });
    }

    @Override
    public void place(Claim claim) {
        var live = new LiveCall(claim.call(), claim.node(), claim.fence());
        LiveCall before = workshop.live().putIfAbsent(live.id(), live);
        if (before != null) {
            // This process was taken for dead and has claimed it anew, and its leg of before still waits for its turn:
            // that one goes first.
            before.call().ifPresent(Call::hangUp);
            Instant soon = workshop.now().plus(AfterDialling.HELD_UP);
            written(live, postponement(claim, new QueueLedger.Postponed(soon, "lease", "")));
            return;
        }
        Thread.ofVirtual()
                .name("outdial-place-" + live.id())
                .start(LogMark.around(live.id(), () -> placed(claim, live)));
    }

    private void placed(Claim claim, LiveCall live) {
        CallRecord call = claim.call();
        workshop.settings().ledger().expect(call.id(), attempt -> {
            live.permitted(attempt.number(), attempt.callId());
            begun.accept(call.id());
            var unused =
                    workshop.write(live, new Change.Permitted(attempt.number(), attempt.callId(), attempt.trunk()));
        });
        try {
            dial(claim, live);
            if (!live.asked().isEmpty()) live.call().ifPresent(one -> one.hangUp(Hangups.cause(live.asked())));
        } catch (IllegalArgumentException | FlowException senseless) {
            failed(live, String.valueOf(senseless.getMessage()));
        } catch (ServiceException away) {
            postponed(claim, live, new QueueLedger.Postponed(workshop.now().plus(STORE_AWAY), "store", ""));
        } catch (IllegalStateException closing) {
            postponed(claim, live, new QueueLedger.Postponed(workshop.now(), "closing", ""));
        } catch (RuntimeException broken) {
            LOG.error("call={} cannot be placed", call.id(), broken);
            failed(live, "a fault of our own");
        }
    }

    private void dial(Claim claim, LiveCall live) {
        CallRecord call = claim.call();
        DialRequest request = named(call, overAny(call, Requests.of(call)));
        Optional<Flow> flow = workshop.store().read(tables -> Plans.flow(tables, call.account(), call.plan()));
        if (flow.isEmpty() && call.plan() instanceof CallPlan.StoredFlow stored) {
            throw new IllegalArgumentException("there is no flow " + stored.flowId() + " any more");
        }
        String run = UUID.randomUUID().toString();
        String flowId = call.plan() instanceof CallPlan.StoredFlow stored ? stored.flowId() : "";
        var ears = new Ears(
                live,
                flow.map(known -> run),
                flowId,
                change -> {
                    var unused = workshop.write(live, change);
                },
                outcome -> over(claim, live, outcome),
                whenAnswered);
        if (flow.isEmpty()) {
            live.has(workshop.dialer().dial(request, ears::hear));
        } else {
            FlowStart start = FlowStart.usual().asRun(run).ofFlow(flowId).telling(new FurtherCalls(workshop, live));
            live.has(workshop.runner(call.account()).dial(request, flow.get(), start, ears::hear, ears::hear));
        }
    }

    /** Who asked by another API than our own named no trunk: where the first cannot place the call, the others are tried. */
    private DialRequest overAny(CallRecord call, DialRequest request) {
        if (call.origin().equals(NATIVE)) return request;
        String[] others = workshop.settings().trunks().get().stream()
                .filter(name -> !name.equals(call.trunk()))
                .toArray(String[]::new);
        return others.length == 0 ? request : request.orOver(others);
    }

    /** Who is called does not learn who calls; a trunk does, which is asked to keep it to itself (RFC 3325). */
    private DialRequest named(CallRecord call, DialRequest request) {
        String caller = workshop.dialer().callerOf(request);
        if (!call.anonymous() || caller.isEmpty() || call.trunk().isEmpty()) return request;
        return request.by(request.caller().asserting(workshop.dialer().uriOf(call.trunk(), caller)));
    }

    private void over(Claim claim, LiveCall live, CallOutcome outcome) {
        if (!live.end()) return;
        workshop.traces().over(live);
        Optional<QueueLedger.Postponed> postponed = workshop.settings().ledger().forget(live.id());
        CallStatistics media = live.call().map(Call::statistics).orElse(CallStatistics.NONE);
        Change.Over end = EndWords.over(outcome, media, false, live.asked());
        String sipCallId = live.call().map(Call::id).orElse("");
        var ended = new AfterDialling.Ended(
                outcome,
                postponed,
                !live.asked().isEmpty(),
                live.attempt(),
                live.isSent(),
                live.permitted(),
                live.permitted().equals(sipCallId));
        AfterDialling next = AfterDialling.of(
                ended,
                live.record().schedule(),
                workshop.settings().retryWait(),
                workshop.now(),
                ThreadLocalRandom.current().nextDouble());
        written(
                live,
                switch (next) {
                    case AfterDialling.Wait wait -> postponement(claim, wait.until());
                    case AfterDialling.Again again ->
                        new Change.Again(again.due().toEpochMilli(), end);
                    case AfterDialling.Over over -> end;
                });
    }

    private void failed(LiveCall live, String why) {
        if (!live.end()) return;
        var unused = workshop.settings().ledger().forget(live.id());
        written(live, EndWords.notDialled(OutcomeKind.FAILED, "failed", why));
    }

    private void postponed(Claim claim, LiveCall live, QueueLedger.Postponed until) {
        if (!live.end()) return;
        var unused = workshop.settings().ledger().forget(live.id());
        written(live, postponement(claim, until));
    }

    private static Change postponement(Claim claim, QueueLedger.Postponed until) {
        return new Change.Postponed(
                until.until().toEpochMilli(), until.rule(), claim.node(), claim.fence(), until.sipCallId());
    }

    /** It is this process's until its end is stored: else somebody could take it for another's. */
    private void written(LiveCall live, Change end) {
        var unused = workshop.write(live, end).whenComplete((stored, trouble) -> {
            workshop.live().remove(live.id(), live);
            over.accept(live.id());
            workshop.queueChanged();
        });
    }
}

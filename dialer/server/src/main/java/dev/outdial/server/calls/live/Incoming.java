package dev.outdial.server.calls.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.IncomingCall;
import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.FlowException;
import dev.outdial.dialer.flow.run.FlowStart;
import dev.outdial.dialer.guard.NumberPlan;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.CallStatistics;
import dev.outdial.server.calls.Address;
import dev.outdial.server.calls.ApplicationRecord;
import dev.outdial.server.calls.ApplicationText;
import dev.outdial.server.calls.CallPlan;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.calls.Schedule;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.store.NodeLease;
import dev.outdial.server.store.StoredDocument;
import dev.outdial.server.store.Tables;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls to our numbers: each runs the flow of its number, or is told to its application. <b>Threading:</b> the engine's, one for each call. */
final class Incoming {
    private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE_HERE = 480;
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final long LONGEST_MILLIS = 3_600_000;
    private static final long LISTENS_MILLIS = 2_000;

    private final Workshop workshop;
    private final Consumer<LiveCall> whenAnswered;
    private final NumberPlan plan = new NumberPlan(Optional.empty());

    Incoming(Workshop workshop, Consumer<LiveCall> whenAnswered) {
        this.workshop = workshop;
        this.whenAnswered = whenAnswered;
    }

    /** A number of ours and its flow, or who is told of its calls. */
    private record Called(
            String account,
            String number,
            String flowId,
            Optional<Flow> flow,
            Optional<ApplicationRecord> application) {
        CallPlan plan() {
            return flow.isPresent() ? new CallPlan.StoredFlow(flowId) : new CallPlan.Park();
        }
    }

    void receive(IncomingCall call) {
        try {
            Optional<Called> called = workshop.store()
                    .read(tables ->
                            called(tables, call.caller().to(), call.caller().trunk()));
            if (called.isEmpty()) {
                call.decline(NOT_FOUND);
            } else if (called.get().flow().isPresent()) {
                run(call, called.get(), called.get().flow().get());
            } else if (called.get().application().isPresent()) {
                tell(call, called.get(), called.get().application().get());
            } else {
                call.decline(UNAVAILABLE_HERE);
            }
        } catch (ServiceException away) {
            LOG.warn("call={} is refused: {}", call.id(), away.getMessage());
            call.decline(SERVICE_UNAVAILABLE);
        } catch (FlowException | IllegalStateException broken) {
            LOG.error("call={} is refused", call.id(), broken);
            call.decline(UNAVAILABLE_HERE);
        }
    }

    private Optional<Called> called(Tables tables, String to, String trunk) {
        for (String spelling : List.of(to, "+" + to, plan.read(to).e164().orElse(to))) {
            Optional<StoredDocument> number = tables.numbers()
                    .named("", spelling)
                    .filter(one -> one.parent().isEmpty() || isTrunk(tables, one.parent(), trunk));
            if (number.isPresent()) return Optional.of(called(tables, number.get()));
        }
        return Optional.empty();
    }

    private static boolean isTrunk(Tables tables, String id, String name) {
        return tables.trunks().byId(id).map(known -> known.name().equals(name)).orElse(id.equals(name));
    }

    private static Called called(Tables tables, StoredDocument number) {
        JsonNode body = CallViews.stored(number.body());
        String flowId = body.path("flow_id").asText("");
        Optional<Flow> flow = flowId.isEmpty() ? Optional.empty() : Plans.flow(tables, number.account(), flowId);
        Optional<ApplicationRecord> application = flow.isPresent()
                ? Optional.empty()
                : tables.applications()
                        .find(number.account(), body.path("application_id").asText(""))
                        .map(known -> ApplicationText.read(
                                known.id(),
                                known.account(),
                                known.name(),
                                known.body(),
                                known.created(),
                                known.updated()));
        return new Called(number.account(), number.name(), flowId, flow, application);
    }

    /** It rings, or is picked up and silent, until somebody controls it. */
    private void tell(IncomingCall call, Called called, ApplicationRecord application) {
        LiveCall live = begun(call, called);
        var ears = new Ears(
                live,
                Optional.empty(),
                "",
                change -> {
                    var unused = workshop.write(live.id(), change);
                },
                outcome -> over(live, outcome),
                whenAnswered);
        live.has(call);
        var heard = new CompletableFuture<CallOutcome>();
        live.isAnsweredBy(() -> {
            var unused = call.accept(event -> hear(event, ears, heard));
        });
        call.ring();
        if (application.autoAnswer()) live.answering().run();
        awaitEnd(call, ears, heard);
    }

    private static void hear(CallEvent event, Ears ears, CompletableFuture<CallOutcome> heard) {
        ears.hear(event);
        if (event instanceof CallEvent.Ended ended) {
            boolean unused = heard.complete(ended.outcome());
        }
    }

    /** Whoever listens hears of the end after all that came before it; where nobody picked up, nobody listens. */
    private static void awaitEnd(IncomingCall call, Ears ears, CompletableFuture<CallOutcome> heard) {
        try {
            CallOutcome outcome = call.awaitEnd();
            ears.over(
                    outcome.answered()
                            ? heard.completeOnTimeout(outcome, LISTENS_MILLIS, TimeUnit.MILLISECONDS)
                                    .join()
                            : outcome);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stored before anybody picks up. */
    private LiveCall begun(IncomingCall call, Called called) {
        CallRecord record = record(call, called);
        NodeLease.Held held = workshop.settings().lease().held();
        var live = new LiveCall(record, held.node(), held.fence());
        workshop.live().put(live.id(), live);
        try {
            keep(record, call, called.application().map(ApplicationRecord::id));
        } catch (ServiceException away) {
            workshop.live().remove(live.id(), live);
            throw away;
        }
        return live;
    }

    private void run(IncomingCall call, Called called, Flow flow) {
        LiveCall live = begun(call, called);
        String run = UUID.randomUUID().toString();
        var ears = new Ears(
                live,
                Optional.of(run),
                called.flowId(),
                change -> {
                    var unused = workshop.write(live.id(), change);
                },
                outcome -> over(live, outcome),
                whenAnswered);
        live.has(call);
        FlowStart start =
                FlowStart.usual().asRun(run).ofFlow(called.flowId()).telling(new FurtherCalls(workshop, live));
        var heard = new CompletableFuture<CallOutcome>();
        live.has(workshop.runner(called.account())
                .answer(call, flow, start, ears::hear, event -> hear(event, ears, heard)));
        awaitEnd(call, ears, heard);
    }

    /** On the disk before anybody picks up. */
    private void keep(CallRecord record, IncomingCall call, Optional<String> application) {
        NodeLease.Held held = workshop.settings().lease().held();
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        call.caller().assertedIdentity().ifPresent(identity -> data.put("asserted_identity", identity));
        call.caller().verstat().ifPresent(verstat -> data.put("verstat", verstat));
        data.set("call", CallViews.json(record));
        boolean unused = workshop.store().durably(tables -> {
            tables.calls().insert(record);
            tables.queue().own(record.id(), held.node(), held.fence());
            workshop.keeper().tell(tables, record, "call.created", record.created(), data);
            application.ifPresent(id -> workshop.keeper()
                    .tell(
                            tables,
                            record,
                            "call.incoming",
                            record.created(),
                            data.deepCopy().put("application_id", id)));
            return true;
        });
        var aftermath = new Aftermath();
        aftermath.told(record.account());
        workshop.afterwards(aftermath);
    }

    private void over(LiveCall live, CallOutcome outcome) {
        if (!live.end()) return;
        workshop.traces().over(live);
        CallStatistics media = live.call().map(Call::statistics).orElse(CallStatistics.NONE);
        var unused = workshop.write(live.id(), EndWords.over(outcome, media, true, live.asked()))
                .whenComplete((stored, trouble) -> workshop.live().remove(live.id(), live));
    }

    private CallRecord record(IncomingCall call, Called called) {
        Instant now = workshop.now();
        IncomingCall.Caller caller = call.caller();
        return new CallRecord(
                // Its packets are kept under that.
                call.requestId(),
                called.account(),
                called.application().map(ApplicationRecord::origin).orElse("native"),
                "incoming",
                new Address(
                        Requests.type(caller.from()),
                        caller.from(),
                        caller.displayName().orElse("")),
                new Address(Requests.type(called.number()), called.number(), ""),
                caller.trunk(),
                call.id(),
                CallStatus.RINGING,
                false,
                1,
                "",
                "",
                "",
                OptionalInt.empty(),
                "",
                OptionalInt.empty(),
                "",
                called.plan(),
                Schedule.NOW,
                0,
                LONGEST_MILLIS,
                "",
                "",
                "",
                "",
                "",
                List.of(),
                "",
                List.of(),
                "",
                "",
                "",
                "",
                Map.of(),
                Map.of(),
                caller.from().equals("anonymous"),
                false,
                false,
                called.application().flatMap(ApplicationRecord::callbacks),
                now,
                Optional.of(now),
                Optional.of(now),
                Optional.empty(),
                Optional.empty(),
                now);
    }
}

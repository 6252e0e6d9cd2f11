package dev.outdial.server.calls.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.IncomingCall;
import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.FlowException;
import dev.outdial.dialer.flow.run.FlowStart;
import dev.outdial.dialer.guard.NumberPlan;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.CallStatistics;
import dev.outdial.server.calls.Address;
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
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls to our numbers: each runs the flow of its number. <b>Threading:</b> the engine's, one for each call. */
final class Incoming {
    private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE_HERE = 480;
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final long LONGEST_MILLIS = 3_600_000;

    private final Workshop workshop;
    private final Consumer<LiveCall> whenAnswered;
    private final NumberPlan plan = new NumberPlan(Optional.empty());

    Incoming(Workshop workshop, Consumer<LiveCall> whenAnswered) {
        this.workshop = workshop;
        this.whenAnswered = whenAnswered;
    }

    /** A number of ours and its flow. */
    private record Called(String account, String number, String flowId, Optional<Flow> flow) {}

    void receive(IncomingCall call) {
        try {
            Optional<Called> called = workshop.store()
                    .read(tables ->
                            called(tables, call.caller().to(), call.caller().trunk()));
            if (called.isEmpty()) {
                call.decline(NOT_FOUND);
            } else if (called.get().flow().isEmpty()) {
                call.decline(UNAVAILABLE_HERE);
            } else {
                run(call, called.get(), called.get().flow().get());
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
        return new Called(number.account(), number.name(), flowId, flow);
    }

    private void run(IncomingCall call, Called called, Flow flow) {
        CallRecord record = record(call, called);
        var live = new LiveCall(record);
        workshop.live().put(live.id(), live);
        try {
            keep(record, call);
        } catch (ServiceException away) {
            workshop.live().remove(live.id(), live);
            throw away;
        }
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
        live.has(workshop.runner(called.account()).answer(call, flow, start, ears::hear, ears::hear));
        try {
            ears.over(call.awaitEnd());
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** On the disk before anybody picks up. */
    private void keep(CallRecord record, IncomingCall call) {
        NodeLease.Held held = workshop.settings().lease().held();
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        call.caller().assertedIdentity().ifPresent(identity -> data.put("asserted_identity", identity));
        call.caller().verstat().ifPresent(verstat -> data.put("verstat", verstat));
        data.set("call", CallViews.json(record));
        boolean unused = workshop.store().durably(tables -> {
            tables.calls().insert(record);
            tables.queue().own(record.id(), held.node(), held.fence());
            workshop.keeper().tell(tables, record, "call.created", record.created(), data);
            return true;
        });
        var aftermath = new Aftermath();
        aftermath.told(record.account());
        workshop.afterwards(aftermath);
    }

    private void over(LiveCall live, CallOutcome outcome) {
        if (!live.end()) return;
        CallStatistics media = live.call().map(Call::statistics).orElse(CallStatistics.NONE);
        var unused = workshop.write(live.id(), EndWords.over(outcome, media, true, live.asked()))
                .whenComplete((stored, trouble) -> workshop.live().remove(live.id(), live));
    }

    private CallRecord record(IncomingCall call, Called called) {
        Instant now = workshop.now();
        IncomingCall.Caller caller = call.caller();
        return new CallRecord(
                UUID.randomUUID().toString(),
                called.account(),
                "native",
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
                new CallPlan.StoredFlow(called.flowId()),
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
                Optional.empty(),
                now,
                Optional.of(now),
                Optional.of(now),
                Optional.empty(),
                Optional.empty(),
                now);
    }
}

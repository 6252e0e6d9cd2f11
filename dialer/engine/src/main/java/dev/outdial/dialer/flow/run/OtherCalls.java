package dev.outdial.dialer.flow.run;

import dev.outdial.dialer.Call;
import dev.outdial.dialer.CallGroup;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.flow.CallAction;
import dev.outdial.dialer.flow.CallAction.FlowSource;
import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.machine.FlowEvent.Result;
import dev.outdial.dialer.flow.run.Companions.Why;
import dev.outdial.dialer.outcome.CallOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What a flow does with calls besides its own. <b>Threading:</b> blocks; each method on a thread of its own. */
final class OtherCalls {
    /** Whose phones a far end hears ring. */
    private static final String COUNTRY = "US";

    private final FlowSettings settings;
    private final BiConsumer<String, CallOutcome> outcomes;
    private final FlowConferences conferences = new FlowConferences();

    OtherCalls(FlowSettings settings) {
        this(settings, (callId, outcome) -> {});
    }

    /** @param outcomes told how calls ended that were dialled to be connected, before their flow goes on */
    OtherCalls(FlowSettings settings, BiConsumer<String, CallOutcome> outcomes) {
        this.settings = settings;
        this.outcomes = outcomes;
    }

    /** Those that flows take part in. */
    FlowConferences conferences() {
        return conferences;
    }

    /** Connects this call with somebody, until they are parted. */
    Result connect(FlowLine line, CallAction.Connect options) throws InterruptedException {
        Destinations.Found found =
                new Destinations(line, settings).find(options.source(), options.destinations(), options.anonymous());
        if (found.requests().isEmpty()) return new Result.Failed(found.why());
        var connection = new Connection(line, options.earlyMedia(), country(line));
        Members members;
        try {
            members = Members.of(line, found.requests());
        } catch (IllegalStateException refused) {
            return new Result.Failed(String.valueOf(refused.getMessage()));
        }
        Result result = connection.run(members);
        connection.group().ifPresent(this::tellOutcomes);
        return result;
    }

    /** As our own network rings, wherever the other one is. */
    private static String country(FlowLine line) {
        return line.request()
                .flatMap(DialRequest::tones)
                .filter(known -> !known.equalsIgnoreCase("NONE"))
                .orElse(COUNTRY);
    }

    private void tellOutcomes(CallGroup group) {
        List<Optional<Call>> calls = group.calls();
        List<Optional<CallOutcome>> ended = group.outcomes();
        for (int member = 0; member < calls.size(); member++) {
            Optional<CallOutcome> outcome = ended.get(member);
            calls.get(member).ifPresent(call -> outcome.ifPresent(how -> outcomes.accept(call.id(), how)));
        }
    }

    /** Places calls with flows of their own. */
    Result place(FlowLine line, CallAction.PlaceCalls options) throws InterruptedException {
        Optional<Flow> flow = switch (options.flow()) {
            case FlowSource.Inline inline -> Optional.of(inline.flow());
            case FlowSource.Stored stored -> settings.flows().apply(stored.flowId());
        };
        if (flow.isEmpty()) return new Result.Failed("the flow that the calls should run is not known");
        Destinations.Found found =
                new Destinations(line, settings).find(options.source(), options.destinations(), options.anonymous());
        var placed = new ArrayList<Call>();
        var wrong = new ArrayList<>(found.wrong());
        for (DialRequest request : found.requests()) {
            try {
                placed.add(place(line, options, request, flow.get()));
            } catch (IllegalArgumentException | IllegalStateException undialled) {
                wrong.add(String.valueOf(undialled.getMessage()));
            }
        }
        if (placed.isEmpty()) return new Result.Failed(new Destinations.Found(List.of(), wrong).why());
        if (options.chained()) line.dialer().backstage().run(() -> endWith(line.call(), placed));
        return new Result.Learnt(Map.of());
    }

    private static Call place(FlowLine line, CallAction.PlaceCalls options, DialRequest request, Flow flow) {
        FlowStart usual = start(line, options);
        Companion companion = companion(line, request, options.chained() ? Why.CHAINED : Why.PLACED, usual.flowId());
        try {
            FlowStart start = companion.start(usual);
            Call call = line.runner()
                    .dial(companion.request(), flow, start, companion::hear, companion::hear)
                    .call();
            companion.dialled(call);
            return call;
        } catch (IllegalArgumentException | IllegalStateException undialled) {
            companion.undialled(String.valueOf(undialled.getMessage()));
            throw undialled;
        }
    }

    /** Who accounts for calls takes real time, in which that of a call that is played stands still. */
    static Companion companion(FlowLine line, DialRequest request, Why why, String flowId) {
        Runnable known = line.dialer().backstage().hold();
        try {
            return line.companions().about(request, why, flowId);
        } finally {
            known.run();
        }
    }

    private static FlowStart start(FlowLine line, CallAction.PlaceCalls options) {
        FlowStart start = FlowStart.usual();
        if (options.flow() instanceof FlowSource.Stored stored) start = start.ofFlow(stored.flowId());
        if (options.chained()) start = start.placedFor(line.call().id());
        return options.earlyExecution() ? start.whenItRings() : start;
    }

    private static void endWith(Call master, List<Call> chained) {
        try {
            master.awaitEnd();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt(); // the dialer ends them all
        }
        chained.forEach(Call::hangUp);
    }

    /** Takes part in a conference until it is over or the call leaves. */
    Result join(FlowLine line, String conferenceId) throws InterruptedException {
        return conferences.join(line, conferenceId);
    }
}

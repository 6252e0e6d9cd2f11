package dev.outdial.dialer.flow.run;

import dev.outdial.dialer.Call;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.machine.FlowHappening;
import dev.outdial.dialer.group.GroupPlan;
import dev.outdial.dialer.outcome.CallOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** All members are rung at once, and each who answers has its own copy of the flow. <b>Threading:</b> any. */
final class EachRuns implements FlowGroup {
    private final Dialer dialer;
    private final Listener listener;
    private final List<FlowCall> legs = new ArrayList<>();
    /** Members whose flow has begun, the first first. */
    private final List<Integer> running = new ArrayList<>();

    private final TreeSet<Integer> over = new TreeSet<>();
    private final CompletableFuture<List<FlowCall>> dialled = new CompletableFuture<>();
    private final CompletableFuture<Optional<Integer>> first = new CompletableFuture<>();
    private final int members;

    private EachRuns(Dialer dialer, int members, Listener listener) {
        this.dialer = dialer;
        this.members = members;
        this.listener = listener;
    }

    static EachRuns dial(
            FlowRunner runner, Dialer dialer, List<DialRequest> members, GroupPlan plan, Flow flow, Listener listener) {
        if (members.isEmpty()) {
            throw new IllegalArgumentException("a group of nobody: one member or more is expected");
        }
        members.forEach(dialer::check);
        var group = new EachRuns(dialer, members.size(), listener);
        try {
            for (int i = 0; i < members.size(); i++) {
                int member = i;
                DialRequest request = members.get(i);
                group.legs.add(runner.dial(
                        request.ringingFor(ringFor(request, plan)), flow, happening -> group.hear(member, happening)));
            }
        } catch (IllegalStateException closing) {
            group.legs.forEach(leg -> leg.call().hangUp());
            throw closing;
        }
        group.dialled.complete(List.copyOf(group.legs));
        return group;
    }

    private static Duration ringFor(DialRequest request, GroupPlan plan) {
        Duration each = plan.ringEach().orElse(request.ringFor());
        return each.compareTo(plan.ringInAll()) < 0 ? each : plan.ringInAll();
    }

    private void hear(int member, FlowHappening happening) {
        Optional<Integer> winner = Optional.empty();
        boolean certain = false;
        synchronized (this) {
            if (happening instanceof FlowHappening.Started) {
                running.add(member);
                winner = Optional.of(member);
                certain = true;
            }
            if (happening instanceof FlowHappening.Ended) {
                over.add(member);
                certain = over.size() == members;
            }
        }
        if (certain) first.complete(winner); // out of the lock: whoever waits for it goes on
        listener.heard(member, happening);
    }

    @Override
    public List<Optional<Call>> calls() {
        return dialled.join().stream().map(leg -> Optional.of(leg.call())).toList();
    }

    @Override
    public List<FlowCall> flowCalls() {
        List<FlowCall> all = dialled.join();
        synchronized (this) {
            return running.stream().map(all::get).toList();
        }
    }

    @Override
    public Optional<FlowCall> awaitWinner() throws InterruptedException {
        dialer.backstage().await(first);
        return first.join().map(dialled.join()::get);
    }

    @Override
    public List<Optional<CallOutcome>> awaitEnd() throws InterruptedException {
        List<Optional<CallOutcome>> outcomes = new ArrayList<>();
        for (FlowCall leg : dialled.join()) outcomes.add(Optional.of(leg.call().awaitEnd()));
        return List.copyOf(outcomes);
    }

    @Override
    public void hangUp() {
        dialled.join().forEach(leg -> leg.call().hangUp());
    }
}

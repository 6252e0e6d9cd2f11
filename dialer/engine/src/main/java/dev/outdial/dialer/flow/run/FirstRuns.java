package dev.outdial.dialer.flow.run;

import dev.outdial.dialer.Call;
import dev.outdial.dialer.CallGroup;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.group.GroupEvent;
import dev.outdial.dialer.group.GroupPlan;
import dev.outdial.dialer.outcome.CallOutcome;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Who answers first has the flow, and the others are given up. <b>Threading:</b> any; what it hears of its calls belongs to the group's
 * listening thread.
 */
final class FirstRuns implements FlowGroup {
    private final FlowRunner runner;
    private final Dialer dialer;
    private final List<DialRequest> members;
    private final Flow flow;
    private final Listener listener;
    private final CompletableFuture<CallGroup> group = new CompletableFuture<>();
    private final CompletableFuture<Optional<FlowCall>> winner = new CompletableFuture<>();
    /** What is heard of each member, which the flow of who has it begins with: a key may come with the answer. */
    private final List<Inbox<FlowRun.News>> heard;

    private FirstRuns(FlowRunner runner, Dialer dialer, List<DialRequest> members, Flow flow, Listener listener) {
        this.runner = runner;
        this.dialer = dialer;
        this.members = List.copyOf(members);
        this.flow = flow;
        this.listener = listener;
        this.heard = members.stream()
                .map(member -> new Inbox<FlowRun.News>(dialer.backstage()))
                .toList();
    }

    static FirstRuns dial(
            FlowRunner runner, Dialer dialer, List<DialRequest> members, GroupPlan plan, Flow flow, Listener listener) {
        var flows = new FirstRuns(runner, dialer, members, flow, listener);
        flows.group.complete(dialer.dialGroup(members, plan, flows::hear));
        return flows;
    }

    private void hear(GroupEvent event) {
        switch (event) {
            case GroupEvent.OfMember of ->
                FlowRun.listener(heard.get(of.member())).accept(of.event());
            case GroupEvent.Won won -> winner.complete(Optional.of(begin(won.member())));
            case GroupEvent.Nobody nobody -> winner.complete(Optional.empty());
            case GroupEvent.Over over -> winner.complete(Optional.empty());
        }
    }

    private FlowCall begin(int member) {
        Call call = group.join().calls().get(member).orElseThrow();
        FlowStart start = FlowStart.usual();
        var line =
                new FlowLine(runner, dialer, call, Optional.empty(), Optional.of(members.get(member)), start.runId());
        return runner.begin(
                line, flow, start, heard.get(member), happening -> listener.heard(member, happening), event -> {});
    }

    @Override
    public List<Optional<Call>> calls() {
        return group.join().calls();
    }

    @Override
    public List<FlowCall> flowCalls() {
        return winner.getNow(Optional.empty()).stream().toList();
    }

    @Override
    public Optional<FlowCall> awaitWinner() throws InterruptedException {
        dialer.backstage().await(winner);
        return winner.join();
    }

    @Override
    public List<Optional<CallOutcome>> awaitEnd() throws InterruptedException {
        return group.join().awaitEnd();
    }

    @Override
    public void hangUp() {
        group.join().hangUp();
    }
}

package dev.outdial.dialer.flow.run;

import dev.outdial.dialer.Answer;
import dev.outdial.dialer.Bridge;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.CallEndedException;
import dev.outdial.dialer.CallGroup;
import dev.outdial.dialer.IncomingCall;
import dev.outdial.dialer.bridge.BridgeOptions;
import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.flow.machine.FlowEvent.Result;
import dev.outdial.dialer.flow.run.ConnectMachine.Action;
import dev.outdial.dialer.flow.run.ConnectMachine.Event;
import dev.outdial.dialer.flow.run.ConnectMachine.State;
import dev.outdial.dialer.group.GroupEvent;
import dev.outdial.dialer.group.GroupPlan;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what {@link ConnectMachine} decides for one call. <b>Threading:</b> {@link #run} blocks its thread, which owns all of it. */
final class Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final FlowLine line;
    private final boolean early;
    private final String country;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final CompletableFuture<CallGroup> dialled = new CompletableFuture<>();
    private final Ringing ringing;
    private State state;
    private Optional<Bridge> bridge = Optional.empty();
    private Optional<Result> result = Optional.empty();

    /**
     * @param early whether what a network plays before the answer is to be heard
     * @param country whose phones the far end hears ring
     */
    Connection(FlowLine line, boolean early, String country) {
        this.line = line;
        this.early = early;
        this.country = country;
        this.state = ConnectMachine.begin(early);
        this.ringing = new Ringing(line.call());
    }

    /** Dials them and waits until they are parted from the call, or nobody is left who may answer. */
    Result run(Members members) throws InterruptedException {
        line.incoming().ifPresent(early ? IncomingCall::ringWithMedia : IncomingCall::ring);
        try {
            line.dialer().backstage().run(() -> ringing.start(country));
            line.dialer().backstage().run(this::awaitFirst);
            dialled.complete(
                    line.dialer().dialGroup(members.requests(), GroupPlan.ringAll(), event -> hear(members, event)));
            line.dialer().backstage().run(() -> members.follow(dialled.join()));
        } catch (IllegalStateException | RejectedExecutionException closing) {
            ringing.stop();
            members.undialled("nobody is called any more: the dialer closes");
            return new Result.Failed("nobody is called any more: the dialer closes");
        }
        try {
            while (result.isEmpty()) handle(events.take());
        } catch (InterruptedException interrupted) {
            handle(new Event.GivenUp());
            throw interrupted;
        }
        return result.get();
    }

    private void awaitFirst() {
        try {
            line.call().awaitEnd();
            events.add(new Event.FirstEnded());
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt(); // the dialer ends the calls
        }
    }

    /** On the group's listener. */
    private void hear(Members members, GroupEvent event) {
        switch (event) {
            case GroupEvent.OfMember of -> {
                members.hear(dialled.join(), of.member(), of.event());
                if (of.event() instanceof CallEvent.Ringing rings && rings.earlyMedia()) {
                    events.add(new Event.EarlyMedia(of.member()));
                } else if (of.event() instanceof CallEvent.Ended) {
                    events.add(new Event.MemberEnded(of.member()));
                }
            }
            case GroupEvent.Won won -> events.add(new Event.Won(won.member()));
            case GroupEvent.Nobody nobody -> events.add(new Event.AllOver());
            case GroupEvent.Over over -> events.add(new Event.AllOver());
        }
    }

    private void handle(Event event) {
        ConnectMachine.Step step = ConnectMachine.step(state, event);
        state = step.next();
        step.actions().forEach(this::perform);
    }

    private void perform(Action action) {
        switch (action) {
            case Action.StopRinging stop -> ringing.stop();
            case Action.Hear hear -> join(hear.member(), BridgeOptions.DEFAULT.withEarlyMedia());
            case Action.Part part -> bridge.ifPresent(Bridge::close);
            case Action.AnswerFirst answer -> line.answer().run();
            case Action.Join join -> join(join.member(), BridgeOptions.DEFAULT);
            case Action.HangUpMembers hangUp -> dialled.join().hangUp();
            case Action.TellFinished finished -> result = Optional.of(new Result.Finished());
            case Action.TellNobody nobody -> result = Optional.of(nobodyAnswered());
        }
    }

    private void join(int member, BridgeOptions options) {
        bridge = dialled.join()
                .calls()
                .get(member)
                .map(third -> line.dialer().bridge(line.call(), third, options, event -> {}));
    }

    private Result nobodyAnswered() {
        return dialled.join().calls().stream()
                .flatMap(Optional::stream)
                .findFirst()
                .<Result>map(first -> new Result.NobodyAnswered(first.id()))
                .orElseGet(() -> new Result.Failed("nobody was called: the dialer closes"));
    }

    /** Whom it dialled, as far as it did. */
    Optional<CallGroup> group() {
        return Optional.ofNullable(dialled.getNow(null));
    }

    /** The ringing that a far end hears which is answered. <b>Threading:</b> any. */
    private static final class Ringing {
        private final Call call;
        private boolean over;

        Ringing(Call call) {
            this.call = call;
        }

        /** Waits for the answer: before it, the far end's own network has it ring. */
        void start(String country) {
            try {
                if (call.awaitAnswer() instanceof Answer.Answered) ring(country);
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            } catch (CallEndedException gone) {
                LOG.debug("call={} ended before it could hear ringing", call.id());
            }
        }

        private synchronized void ring(String country) throws InterruptedException {
            if (!over) call.ringBack(country);
        }

        synchronized void stop() {
            over = true;
            call.stopRingBack();
        }
    }
}

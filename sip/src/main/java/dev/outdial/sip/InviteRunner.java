package dev.outdial.sip;

import dev.outdial.sip.event.SessionEnd;
import dev.outdial.sip.event.SessionEnd.Cause;
import dev.outdial.sip.event.SessionEnd.EndedBy;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.message.SipAnswer;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.TransactionId;
import dev.outdial.sip.session.InviteAction;
import dev.outdial.sip.session.InviteEvent;
import dev.outdial.sip.session.InviteMachine;
import dev.outdial.sip.session.InviteState;
import dev.outdial.sip.session.SessionSetup;
import dev.outdial.sip.session.Step;
import dev.outdial.sip.transport.Responder;
import dev.outdial.sip.transport.SipTransport;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one session's machine. <b>Threading:</b> the methods of {@link Party} and {@link #hangUp} only post; all else belongs to the mailbox. */
final class InviteRunner implements Party {
    private static final Logger LOG = LoggerFactory.getLogger(InviteRunner.class);

    private final String callId;
    private final Executor mailbox;
    private final Consumer<SessionEvent> listener;
    private final SipTransport transport;
    private final Switchboard switchboard;
    private final Alarm alarm;
    private final List<InviteAction> firstActions;
    private InviteState state;
    private boolean answered;
    private boolean ended;

    InviteRunner(
            SessionSetup setup,
            Executor mailbox,
            Consumer<SessionEvent> listener,
            SipTransport transport,
            Switchboard switchboard,
            ScheduledThreadPoolExecutor clock) {
        this.callId = setup.callId();
        this.mailbox = mailbox;
        this.listener = listener;
        this.transport = transport;
        this.switchboard = switchboard;
        this.alarm = new Alarm(clock, () -> post(new InviteEvent.Woken()));
        Step first = InviteMachine.start(setup, System.nanoTime());
        this.state = first.next();
        this.firstActions = first.actions();
    }

    /** Sends the INVITE; to be called once, after the switchboard knows this party. */
    void start() {
        for (InviteAction action : firstActions) {
            if (action instanceof InviteAction.Send send) transport.send(send.request());
        }
        execute(() -> alarm.set(state.nextDeadlineNanos()));
    }

    void hangUp(OptionalInt q850) {
        post(new InviteEvent.HangUp(q850));
    }

    @Override
    public void responded(SipResponse response) {
        post(new InviteEvent.Responded(response));
    }

    @Override
    public void requested(SipRequest request, Responder responder) {
        execute(() -> handle(new InviteEvent.Requested(request), responder::answer));
    }

    @Override
    public void sent(TransactionId transaction) {
        post(new InviteEvent.Sent(transaction));
    }

    @Override
    public void withdrawn(TransactionId transaction) {
        post(new InviteEvent.Withdrawn(transaction));
    }

    @Override
    public void timedOut(TransactionId transaction) {
        post(new InviteEvent.TimedOut(transaction));
    }

    @Override
    public void failed(TransactionId transaction, String why) {
        post(new InviteEvent.Failed(transaction, why));
    }

    @Override
    public void closed() {
        execute(() -> abort("the SIP user agent was closed"));
    }

    private void post(InviteEvent event) {
        execute(() -> handle(event, answer -> {}));
    }

    private void execute(Runnable task) {
        try {
            mailbox.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("call={} its mailbox is closed", callId);
        }
    }

    private void handle(InviteEvent event, Consumer<SipAnswer> responder) {
        try {
            Step step = InviteMachine.step(state, event, System.nanoTime());
            if (LOG.isDebugEnabled()) LOG.debug("call={} {} -> {}", callId, name(event), step.next());
            state = step.next();
            for (InviteAction action : step.actions()) perform(action, responder);
            alarm.set(state.nextDeadlineNanos());
        } catch (RuntimeException e) {
            LOG.error("call={} {} failed on {}", callId, name(event), state, e);
            abort("an error within Outdial; see the log");
        }
    }

    private void perform(InviteAction action, Consumer<SipAnswer> responder) {
        switch (action) {
            case InviteAction.Send send -> transport.send(send.request());
            case InviteAction.Withdraw withdraw -> transport.withdraw(withdraw.transaction());
            case InviteAction.Reply reply -> responder.accept(reply.answer());
            case InviteAction.Tell tell -> tell(tell.event());
            case InviteAction.Forget forget -> switchboard.disconnect(callId);
        }
    }

    private void tell(SessionEvent event) {
        if (ended) return;
        answered |= event instanceof SessionEvent.Answered;
        ended = event instanceof SessionEvent.Ended;
        try {
            listener.accept(event);
        } catch (Throwable e) { // what the listener throws is no reason to lose the call's next messages
            LOG.error(
                    "call={} the listener failed on {}",
                    callId,
                    event.getClass().getSimpleName(),
                    e);
        }
    }

    private void abort(String why) {
        switchboard.disconnect(callId);
        transport.withdraw(state.inviteTransaction());
        alarm.set(OptionalLong.empty());
        tell(new SessionEvent.Ended(new SessionEnd(
                Cause.TRANSPORT, EndedBy.LOCAL, OptionalInt.empty(), why, OptionalInt.empty(), answered)));
    }

    private static String name(InviteEvent event) {
        return event.getClass().getSimpleName();
    }
}

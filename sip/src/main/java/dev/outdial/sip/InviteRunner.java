package dev.outdial.sip;

import dev.outdial.sip.dialog.DialogEvent;
import dev.outdial.sip.dialog.NumberedDialog;
import dev.outdial.sip.event.SessionEnd;
import dev.outdial.sip.event.SessionEnd.Cause;
import dev.outdial.sip.event.SessionEnd.EndedBy;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.message.MessageBody;
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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one session's machine. <b>Threading:</b> the methods of {@link Party} and {@link SessionCommands} only post; all else belongs to the mailbox. */
final class InviteRunner implements Party, SessionCommands, Mailroom.Machine<InviteEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(InviteRunner.class);

    private final String callId;
    private final Mailroom<InviteEvent> mailroom;
    private final OpenRequests requests = new OpenRequests();
    private Consumer<SessionEvent> listener;
    private final SipTransport transport;
    private final Switchboard switchboard;
    private final Consumer<InviteAction.Report> reports;
    private final List<InviteAction> firstActions;
    private volatile InviteState state;
    private boolean answered;
    private boolean ended;

    InviteRunner(
            SessionSetup setup,
            Executor mailbox,
            Consumer<SessionEvent> listener,
            SipTransport transport,
            Switchboard switchboard,
            ScheduledThreadPoolExecutor clock,
            Consumer<InviteAction.Report> reports) {
        this.callId = setup.callId();
        this.listener = listener;
        this.transport = transport;
        this.switchboard = switchboard;
        this.reports = reports;
        this.mailroom = new Mailroom<>("call=" + callId, mailbox, clock, new InviteEvent.Woken(), this);
        Step first = InviteMachine.start(setup, System.nanoTime());
        this.state = first.next();
        this.firstActions = first.actions();
    }

    /** Sends the INVITE; to be called once, after the switchboard knows this party. */
    void start() {
        for (InviteAction action : firstActions) {
            if (action instanceof InviteAction.Send send) transport.send(send.request());
        }
        mailroom.execute(() -> mailroom.wakeAt(state.nextDeadlineNanos()));
    }

    @Override
    public void hangUp(OptionalInt q850) {
        mailroom.post(new InviteEvent.HangUp(q850));
    }

    @Override
    public void accept(MessageBody description) {
        within(new DialogEvent.Accept(description));
    }

    @Override
    public void refuse(int status) {
        within(new DialogEvent.Refuse(status));
    }

    @Override
    public void offerAgain(MessageBody offer) {
        within(new DialogEvent.OfferAgain(offer));
    }

    @Override
    public void info(MessageBody body) {
        within(new DialogEvent.SendInfo(body));
    }

    /** Any thread. */
    @Override
    public Optional<NumberedDialog> established() {
        return state.established();
    }

    @Override
    public void refer(String target, Optional<String> replaces) {
        within(new DialogEvent.Refer(target, replaces));
    }

    private void within(DialogEvent wanted) {
        mailroom.post(new InviteEvent.Within(wanted));
    }

    @Override
    public void responded(SipResponse response) {
        mailroom.post(new InviteEvent.Responded(response));
    }

    @Override
    public void requested(SipRequest request, Responder responder) {
        mailroom.execute(() -> mailroom.handle(new InviteEvent.Requested(requests.keep(request, responder), request)));
    }

    @Override
    public void sent(TransactionId transaction) {
        mailroom.post(new InviteEvent.Sent(transaction));
    }

    @Override
    public void withdrawn(TransactionId transaction) {
        mailroom.post(new InviteEvent.Withdrawn(transaction));
    }

    @Override
    public void timedOut(TransactionId transaction) {
        mailroom.post(new InviteEvent.TimedOut(transaction));
    }

    @Override
    public void failed(TransactionId transaction, String why) {
        mailroom.post(new InviteEvent.Failed(transaction, why));
    }

    @Override
    public void closed() {
        mailroom.execute(() -> abort("the SIP user agent was closed"));
    }

    @Override
    public OptionalLong take(InviteEvent event, long nowNanos) {
        Step step = InviteMachine.step(state, event, nowNanos);
        if (LOG.isDebugEnabled())
            LOG.debug("call={} {} -> {}", callId, event.getClass().getSimpleName(), step.next());
        state = step.next();
        step.actions().forEach(this::perform);
        return state.nextDeadlineNanos();
    }

    @Override
    public void broken() {
        LOG.error("call={} was {}", callId, state);
        takeLeave();
        abort("an error within Outdial; see the log");
    }

    private void perform(InviteAction action) {
        switch (action) {
            case InviteAction.Send send -> transport.send(send.request());
            case InviteAction.Withdraw withdraw -> transport.withdraw(withdraw.transaction());
            case InviteAction.Reply reply -> requests.answer(reply.key(), reply.answer());
            case InviteAction.Release release -> requests.release(release.key());
            case InviteAction.Report report -> reports.accept(report);
            case InviteAction.Tell tell -> tell(tell.event());
            case InviteAction.Forget forget -> switchboard.disconnect(callId);
        }
    }

    private void tell(SessionEvent event) {
        if (ended) return;
        answered |= event instanceof SessionEvent.Answered;
        ended = event instanceof SessionEvent.Ended;
        mailroom.tell(listener, event);
        // The session lingers for late messages; the call with all its sound need not.
        if (ended) listener = late -> {};
    }

    // The far end is not to be left ringing, or in a dialog that nobody keeps up.
    private void takeLeave() {
        try {
            Step step = InviteMachine.step(state, new InviteEvent.HangUp(OptionalInt.empty()), System.nanoTime());
            state = step.next();
            for (InviteAction action : step.actions()) {
                if (action instanceof InviteAction.Send || action instanceof InviteAction.Reply) perform(action);
            }
        } catch (RuntimeException e) {
            LOG.warn("call={} the far end was not told that it is over", callId, e);
        }
    }

    private void abort(String why) {
        switchboard.disconnect(callId);
        transport.withdraw(state.inviteTransaction());
        mailroom.wakeAt(OptionalLong.empty());
        boolean undecided = !ended;
        tell(new SessionEvent.Ended(new SessionEnd(
                Cause.TRANSPORT, EndedBy.LOCAL, OptionalInt.empty(), why, OptionalInt.empty(), answered)));
        if (undecided) state.untried().ifPresent(reports);
    }
}

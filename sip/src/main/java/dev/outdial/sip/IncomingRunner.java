package dev.outdial.sip;

import dev.outdial.sip.dialog.DialogEvent;
import dev.outdial.sip.dialog.NumberedDialog;
import dev.outdial.sip.event.SessionEnd;
import dev.outdial.sip.event.SessionEnd.Cause;
import dev.outdial.sip.event.SessionEnd.EndedBy;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.incoming.IncomingAction;
import dev.outdial.sip.incoming.IncomingEvent;
import dev.outdial.sip.incoming.IncomingMachine;
import dev.outdial.sip.incoming.IncomingSetup;
import dev.outdial.sip.incoming.IncomingState;
import dev.outdial.sip.incoming.IncomingStep;
import dev.outdial.sip.message.Credentials;
import dev.outdial.sip.message.Header;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.TransactionId;
import dev.outdial.sip.transport.Responder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the machine of one call to us. Until somebody takes it, whoever brings something runs it. <b>Threading:</b> the methods of {@link
 * Party} and {@link SessionCommands}, {@link #take} and {@link #refuse} any thread; all else belongs to the mailbox.
 */
final class IncomingRunner implements Party, SessionCommands, Mailroom.Machine<IncomingEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(IncomingRunner.class);

    private final String callId;
    private final String branchPrefix;
    private final IncomingSetup setup;
    private final Reception reception;
    private final Handover mailbox = new Handover();
    private final Mailroom<IncomingEvent> mailroom;
    private final OpenRequests requests = new OpenRequests();
    private final AtomicBoolean taken = new AtomicBoolean();
    private final AtomicBoolean decided = new AtomicBoolean();
    private final List<SessionEvent> untold = new ArrayList<>();
    private final List<IncomingAction> firstActions;
    private Optional<Consumer<SessionEvent>> listener = Optional.empty();
    private volatile IncomingState state;
    private volatile boolean over;

    IncomingRunner(IncomingSetup setup, Responder responder, Reception reception) {
        this.callId = setup.invite().callId();
        this.branchPrefix = OutboundRequest.MAGIC_COOKIE + setup.tokens().branch() + '-';
        this.setup = setup;
        this.reception = reception;
        this.mailroom = new Mailroom<>("call=" + callId, mailbox, reception.clock(), new IncomingEvent.Woken(), this);
        IncomingStep first = IncomingMachine.start(setup, requests.keep(setup.invite(), responder), System.nanoTime());
        this.state = first.next();
        this.firstActions = first.actions();
    }

    /** Says 100; to be called once, after the reception knows this call. */
    void start() {
        mailroom.execute(() -> {
            firstActions.forEach(this::perform);
            mailroom.wakeAt(state.nextDeadlineNanos());
        });
    }

    boolean demandsReliableRinging() {
        return setup.requires("100rel");
    }

    /** Whether the end was told. */
    boolean isOver() {
        return over;
    }

    /** Whether a request can only mean this call: it bears our tag. */
    boolean hasTag(String localTag) {
        return setup.tokens().localTag().equals(localTag);
    }

    /** Whether that INVITE is not the one that this call began with: that one would have its number. */
    boolean isOtherThan(SipRequest invite) {
        return !invite.headers().first("CSeq").equals(setup.invite().headers().first("CSeq"))
                || !invite.fromTag().equals(setup.invite().fromTag());
    }

    /** Whether a request of ours with that branch belongs to this call. */
    boolean sent(String branch) {
        return branch.startsWith(branchPrefix);
    }

    InviteSession take(Executor newMailbox, Consumer<SessionEvent> newListener, Optional<Credentials> credentials) {
        if (!taken.compareAndSet(false, true)) throw new IllegalStateException("call " + callId + " is taken already");
        decide();
        mailbox.to(newMailbox);
        mailroom.execute(() -> {
            mailroom.handle(new IncomingEvent.Taken(credentials));
            listener = Optional.of(newListener);
            untold.forEach(event -> mailroom.tell(newListener, event));
            untold.clear();
        });
        return new InviteSession(callId, this);
    }

    void refuse(int status, String reason) {
        if (taken.get()) throw new IllegalStateException("call " + callId + " is taken already");
        decide();
        reject(status, reason, List.of());
    }

    /** Nobody has looked at it for too long. */
    void refuseUnlessTaken(int status) {
        mailroom.execute(() -> {
            if (!taken.get()) mailroom.handle(new IncomingEvent.Reject(status, "", List.of()));
        });
    }

    /** Whether it was taken, refused, or is over. */
    boolean isDecided() {
        return decided.get();
    }

    private void decide() {
        if (decided.compareAndSet(false, true)) reception.decided();
    }

    @Override
    public void ring(int status, Optional<MessageBody> body) {
        mailroom.post(new IncomingEvent.Ring(status, body));
    }

    @Override
    public void reject(int status, String reason, List<Header> headers) {
        mailroom.post(new IncomingEvent.Reject(status, reason, headers));
    }

    @Override
    public void redirect(List<SipUri> contacts) {
        mailroom.post(new IncomingEvent.Redirect(contacts));
    }

    @Override
    public void hangUp(OptionalInt q850) {
        mailroom.post(new IncomingEvent.HangUp(q850));
    }

    @Override
    public void accept(MessageBody description) {
        mailroom.post(new IncomingEvent.Accept(description));
    }

    @Override
    public void refuse(int status) {
        mailroom.post(new IncomingEvent.Refuse(status));
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

    private void within(DialogEvent event) {
        mailroom.post(new IncomingEvent.Within(event));
    }

    @Override
    public void responded(SipResponse response) {
        within(new DialogEvent.Responded(response));
    }

    @Override
    public void requested(SipRequest request, Responder responder) {
        mailroom.execute(() -> mailroom.handle(
                new IncomingEvent.Requested(requests.keep(request, responder), responder.branch(), request)));
    }

    @Override
    public void sent(TransactionId transaction) {}

    @Override
    public void withdrawn(TransactionId transaction) {}

    @Override
    public void timedOut(TransactionId transaction) {
        within(new DialogEvent.TimedOut(transaction));
    }

    @Override
    public void failed(TransactionId transaction, String why) {
        within(new DialogEvent.Failed(transaction, why));
    }

    @Override
    public void closed() {
        mailroom.execute(() -> abort("the SIP user agent was closed"));
    }

    @Override
    public OptionalLong take(IncomingEvent event, long nowNanos) {
        IncomingStep step = IncomingMachine.step(state, event, nowNanos);
        if (LOG.isDebugEnabled())
            LOG.debug("call={} {} -> {}", callId, event.getClass().getSimpleName(), step.next());
        state = step.next();
        step.actions().forEach(this::perform);
        return isForgotten() ? OptionalLong.empty() : state.nextDeadlineNanos();
    }

    // Of a call that nobody took nothing is kept: the transport repeats its final response.
    private boolean isForgotten() {
        return over && !taken.get();
    }

    @Override
    public void broken() {
        LOG.error("call={} was {}", callId, state);
        takeLeave();
        abort("an error within Outdial; see the log");
    }

    private void perform(IncomingAction action) {
        switch (action) {
            case IncomingAction.Send send -> reception.transport().send(send.request());
            case IncomingAction.Reply reply -> requests.answer(reply.key(), reply.answer());
            case IncomingAction.Release release -> requests.release(release.key());
            case IncomingAction.Tell tell -> tell(tell.event());
            case IncomingAction.Forget forget -> reception.forget(callId, this);
        }
    }

    private void tell(SessionEvent event) {
        if (over) return;
        over = event instanceof SessionEvent.Ended;
        if (listener.isPresent()) mailroom.tell(listener.get(), event);
        else untold.add(event);
        // The call lingers for late messages; its sound need not.
        if (over && listener.isPresent()) listener = Optional.of(late -> {});
        if (isForgotten()) reception.forget(callId, this);
        if (over) decide();
    }

    // The far end is not to be left waiting, or in a dialog that nobody keeps up.
    private void takeLeave() {
        IncomingEvent farewell = state.isAnswered()
                ? new IncomingEvent.HangUp(OptionalInt.empty())
                : new IncomingEvent.Reject(500, "", List.of());
        try {
            IncomingStep step = IncomingMachine.step(state, farewell, System.nanoTime());
            state = step.next();
            for (IncomingAction action : step.actions()) {
                if (action instanceof IncomingAction.Send || action instanceof IncomingAction.Reply) perform(action);
            }
        } catch (RuntimeException e) {
            LOG.warn("call={} the far end was not told that it is over", callId, e);
        }
    }

    private void abort(String why) {
        reception.forget(callId, this);
        mailroom.wakeAt(OptionalLong.empty());
        tell(new SessionEvent.Ended(new SessionEnd(
                Cause.TRANSPORT, EndedBy.LOCAL, OptionalInt.empty(), why, OptionalInt.empty(), state.isAnswered())));
    }
}

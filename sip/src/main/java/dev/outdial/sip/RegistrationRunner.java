package dev.outdial.sip;

import dev.outdial.sip.dialog.InDialogRequests;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.TransactionId;
import dev.outdial.sip.registration.Registrar;
import dev.outdial.sip.registration.RegistrationAction;
import dev.outdial.sip.registration.RegistrationEvent;
import dev.outdial.sip.registration.RegistrationInput;
import dev.outdial.sip.registration.RegistrationMachine;
import dev.outdial.sip.registration.RegistrationSetup;
import dev.outdial.sip.registration.RegistrationState;
import dev.outdial.sip.registration.RegistrationStatus;
import dev.outdial.sip.registration.RegistrationStep;
import dev.outdial.sip.transport.Responder;
import dev.outdial.sip.transport.SipTransport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one registration's machine. <b>Threading:</b> the methods of {@link Party} and {@link #unregister} only post; all else belongs to the mailbox. */
final class RegistrationRunner implements Party {
    private static final Logger LOG = LoggerFactory.getLogger(RegistrationRunner.class);
    /** The machine gives up after 5 s; this is for a mailbox that does not run any more. */
    private static final long UNREGISTER_SECONDS = 6;

    static final long AFTER_FAULT_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** A refresh takes two, or three where the registrar wants a longer one. */
    private static final int MOST_ANSWERS = 6;

    private final String callId;
    private final Executor mailbox;
    private final Consumer<RegistrationEvent> listener;
    private final SipTransport transport;
    private final Switchboard switchboard;
    private final Addresses addresses;
    private final KeepAlives keepAlives;
    private final Alarm alarm;
    private final List<RegistrationAction> firstActions;
    private final CompletableFuture<@Nullable Void> gone = new CompletableFuture<>();
    /** Written by the mailbox only. */
    private volatile RegistrationState state;

    private volatile List<RegistrarAnswer> answers = List.of();

    private Optional<Hop> keptAlive = Optional.empty();

    RegistrationRunner(
            RegistrationSetup setup,
            Executor mailbox,
            Consumer<RegistrationEvent> listener,
            SipTransport transport,
            Addresses addresses,
            KeepAlives keepAlives,
            Switchboard switchboard,
            ScheduledThreadPoolExecutor clock) {
        this.addresses = addresses;
        this.keepAlives = keepAlives;
        this.callId = setup.callId();
        this.mailbox = mailbox;
        this.listener = listener;
        this.transport = transport;
        this.switchboard = switchboard;
        this.alarm = new Alarm(clock, () -> post(new RegistrationInput.Woken()));
        RegistrationStep first = RegistrationMachine.start(setup, System.nanoTime());
        this.state = first.next();
        this.firstActions = first.actions();
    }

    /** Sends the first REGISTER; to be called once, after the switchboard knows this party. */
    void start() {
        execute(() -> guarded(() -> firstActions.forEach(this::perform)));
    }

    RegistrationStatus status() {
        return state.status();
    }

    OptionalLong boundUntilNanos() {
        return state.boundUntilNanos();
    }

    void refresh() {
        post(new RegistrationInput.RefreshWanted());
    }

    CompletionStage<@Nullable Void> unregister() {
        post(new RegistrationInput.UnregisterWanted());
        return gone.copy().completeOnTimeout(null, UNREGISTER_SECONDS, TimeUnit.SECONDS);
    }

    /** What the registrar said last, oldest first. */
    List<RegistrarAnswer> answers() {
        return answers;
    }

    @Override
    public void responded(SipResponse response) {
        note(new RegistrarAnswer(response, System.nanoTime()));
        post(new RegistrationInput.Responded(response));
    }

    private synchronized void note(RegistrarAnswer answer) {
        var kept = new ArrayList<>(answers);
        kept.add(answer);
        answers = List.copyOf(kept.subList(Math.max(0, kept.size() - MOST_ANSWERS), kept.size()));
    }

    // A registrar has nothing to ask within a registration.
    @Override
    public void requested(SipRequest request, Responder responder) {
        InDialogRequests.answerOutOfDialog(request).ifPresent(responder::answer);
    }

    @Override
    public void sent(TransactionId transaction) {}

    @Override
    public void withdrawn(TransactionId transaction) {}

    @Override
    public void timedOut(TransactionId transaction) {
        post(new RegistrationInput.TimedOut(transaction));
    }

    @Override
    public void failed(TransactionId transaction, String why) {
        post(new RegistrationInput.Failed(transaction, why));
    }

    @Override
    public void connectionLost(Hop hop) {
        post(new RegistrationInput.ConnectionLost(hop));
    }

    @Override
    public void closed() {
        execute(() -> alarm.set(OptionalLong.empty()));
        gone.complete(null);
    }

    private void post(RegistrationInput input) {
        execute(() -> guarded(() -> handle(input)));
    }

    private void execute(Runnable task) {
        try {
            mailbox.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("registration={} its mailbox is closed", callId);
        }
    }

    private void handle(RegistrationInput input) {
        contactChanges(input).forEach(this::step);
        step(input);
        keep(keepAlives.needed(state.boundAt()));
    }

    // Whatever fails, the machine is woken again: a registration that nobody wakes is dead without anybody's knowing.
    private void guarded(Runnable task) {
        boolean done = false;
        try {
            task.run();
            done = true;
        } catch (RuntimeException e) {
            LOG.error("registration={} failed on {}", callId, state, e);
        } finally {
            OptionalLong deadline = state.nextDeadlineNanos();
            alarm.set(done ? deadline : afterFault(deadline, System.nanoTime()));
        }
    }

    /** When to wake a machine that failed at that deadline: not at once, where it has passed. */
    static OptionalLong afterFault(OptionalLong deadlineNanos, long nowNanos) {
        boolean passed = deadlineNanos.isPresent() && deadlineNanos.getAsLong() - nowNanos <= 0;
        return passed ? OptionalLong.of(nowNanos + AFTER_FAULT_NANOS) : deadlineNanos;
    }

    private void keep(Optional<Hop> hop) {
        keepAlives.change(keptAlive, hop);
        keptAlive = hop;
    }

    private void step(RegistrationInput input) {
        double jitter = ThreadLocalRandom.current().nextDouble();
        RegistrationStep step = RegistrationMachine.step(state, input, System.nanoTime(), jitter);
        if (LOG.isDebugEnabled()) {
            LOG.debug("registration={} {} -> {}", callId, input.getClass().getSimpleName(), step.next());
        }
        state = step.next();
        step.actions().forEach(this::perform);
    }

    // Learnt before the response itself is handled: the answer to a challenge goes out with the Contact that the
    // challenge has shown to be the
    // right one. When it is time to ask, the local address may be another as well.
    private List<RegistrationInput> contactChanges(RegistrationInput input) {
        List<Registrar> ways = state.ways();
        if (input instanceof RegistrationInput.Responded responded) {
            if (!state.isFinalAnswer(responded.response())) return List.of();
            List<Hop> hops = ways.stream().map(Registrar::hop).toList();
            addresses.heard(state.way().hop(), hops, responded.response(), System.nanoTime());
        } else if (!(input instanceof RegistrationInput.Woken || input instanceof RegistrationInput.RefreshWanted)) {
            return List.of();
        }
        var changes = new ArrayList<RegistrationInput>();
        for (Registrar way : ways) {
            SipUri contact = contactNow(way);
            if (!contact.equals(way.contact())) changes.add(new RegistrationInput.ContactChanged(way.hop(), contact));
        }
        return changes;
    }

    private SipUri contactNow(Registrar way) {
        try {
            return addresses.contactUri(way.contact(), way.contact().user().orElseThrow(), way.hop());
        } catch (IOException e) {
            // There is no route now; what can be done about that is asking again later.
            return way.contact();
        }
    }

    private void perform(RegistrationAction action) {
        switch (action) {
            case RegistrationAction.Send send -> transport.send(send.request());
            case RegistrationAction.Tell tell -> tell(tell.event());
            case RegistrationAction.Forget forget -> {
                keep(Optional.empty());
                switchboard.disconnect(callId);
                gone.complete(null);
            }
        }
    }

    private void tell(RegistrationEvent event) {
        try {
            listener.accept(event);
        } catch (Throwable e) { // what the listener throws is no reason to lose the registration
            LOG.error(
                    "registration={} the listener failed on {}",
                    callId,
                    event.getClass().getSimpleName(),
                    e);
        }
    }
}

package dev.outdial.sip;

import dev.outdial.sip.dialog.DialogAction;
import dev.outdial.sip.dialog.DialogEvent;
import dev.outdial.sip.dialog.DialogMachine;
import dev.outdial.sip.dialog.DialogSetup;
import dev.outdial.sip.dialog.DialogState;
import dev.outdial.sip.dialog.DialogStep;
import dev.outdial.sip.dialog.InDialogRequests;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.TransactionId;
import dev.outdial.sip.transport.Responder;
import dev.outdial.sip.transport.SipTransport;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Ends one dialog that nobody keeps up any more, and does nothing else in it. <b>Threading:</b> any thread. */
final class ByeRunner implements Party {
    private static final String SILENCE = "no answer to BYE";

    private final String callId;
    private final SipTransport transport;
    private final Switchboard switchboard;
    private final Alarm alarm;
    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private DialogState state;
    private OptionalInt answered = OptionalInt.empty();
    private String trouble = SILENCE;

    ByeRunner(DialogSetup setup, SipTransport transport, Switchboard switchboard, ScheduledThreadPoolExecutor clock) {
        this.callId = setup.dialog().callId();
        this.transport = transport;
        this.switchboard = switchboard;
        this.alarm = new Alarm(clock, () -> step(new DialogEvent.Woken()));
        this.state = DialogMachine.confirmed(setup, System.nanoTime()).next();
    }

    /** Sends the BYE; to be called once, after the switchboard knows this party. */
    void start() {
        step(new DialogEvent.HangUp(OptionalInt.empty()));
    }

    /** The final response; exceptionally a {@link SipException} where there was none. */
    CompletionStage<Integer> status() {
        return status.copy();
    }

    @Override
    public synchronized void responded(SipResponse response) {
        if (response.isProvisional()) return;
        answered = OptionalInt.of(response.status());
        step(new DialogEvent.Responded(response));
    }

    /** Whoever asks something within the dialog hears that there is none any more. */
    @Override
    public void requested(SipRequest request, Responder responder) {
        InDialogRequests.answerOutOfDialog(request).ifPresent(responder::answer);
    }

    @Override
    public void sent(TransactionId transaction) {}

    @Override
    public void withdrawn(TransactionId transaction) {}

    @Override
    public synchronized void timedOut(TransactionId transaction) {
        answered = OptionalInt.empty();
        step(new DialogEvent.TimedOut(transaction));
    }

    @Override
    public synchronized void failed(TransactionId transaction, String why) {
        answered = OptionalInt.empty();
        trouble = why;
        step(new DialogEvent.Failed(transaction, why));
    }

    @Override
    public synchronized void closed() {
        trouble = "the SIP user agent was closed";
        answered = OptionalInt.empty();
        end();
    }

    private synchronized void step(DialogEvent event) {
        if (status.isDone()) return;
        DialogStep step = DialogMachine.step(state, event, System.nanoTime());
        state = step.next();
        alarm.set(state.nextDeadlineNanos());
        step.actions().forEach(this::perform);
    }

    private void perform(DialogAction action) {
        switch (action) {
            case DialogAction.Send send -> {
                answered = OptionalInt.empty(); // a challenge is no last word
                transport.send(send.request());
            }
            // Requests of the far end are not shown to the machine.
            case DialogAction.Reply reply -> {}
            case DialogAction.Release release -> {}
            case DialogAction.Tell tell -> {
                if (tell.event() instanceof SessionEvent.Ended) end();
            }
        }
    }

    // Whoever waits for the status may take his time over it: neither a receiving thread nor the clock does it for him.
    private void end() {
        alarm.set(OptionalLong.empty());
        switchboard.disconnect(callId);
        OptionalInt last = answered;
        Optional<SipException> silence = last.isPresent() ? Optional.empty() : Optional.of(new SipException(trouble));
        Thread.startVirtualThread(() -> {
            silence.ifPresent(status::completeExceptionally);
            last.ifPresent(status::complete);
        });
    }
}

package dev.outdial.dialer.call;

import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.journal.CallJournal;
import dev.outdial.media.sdp.Negotiation;
import dev.outdial.sip.message.SipUri;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A call to us that waits to be decided on. <b>Threading:</b> any thread; nothing waits. */
public interface Doorstep extends Leg {
    /** What is kept of it is kept under, a UUID: unlike its Call-ID, which its caller chose, no other call has it. */
    String requestId();

    /** Lets the far end know that it rings. */
    void ring();

    /**
     * Lets the far end hear us before the answer (183 with a session description): silence, until {@link #playEarly} or a bridge gives
     * more. Where it offered no session description, it rings without.
     */
    void ringWithMedia();

    /** Completes with what was agreed on when the far end may hear us, at the latest with the answer; never does where it does not. */
    CompletableFuture<Negotiation.Agreed> audible();

    /** Plays a clip again and again until the call is answered or over; nothing where it is already. */
    void playEarly(PlayOrder order);

    /**
     * Answers the call.
     *
     * @param events hears every event from now on in order; it only hands on
     */
    void accept(Consumer<CallEvent> events);

    /** Has what is pressed and played in it kept there, in place of where that is kept already; to be called before it is answered. */
    default void keptBy(CallJournal journal) {}

    /** Refuses the call with a final response of 400 to 699. */
    void decline(int status);

    /** Names other places to call. */
    void redirect(List<SipUri> contacts);
}

package dev.outdial.dialer;

import dev.outdial.dialer.call.Doorstep;
import dev.outdial.dialer.call.Leg;
import dev.outdial.dialer.call.PlayOrder;
import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.log.LogMark;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.media.sdp.Negotiation;
import dev.outdial.sip.message.SipUri;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * A call to us that waits for a decision: ring, answer, decline or redirect. The first decision counts; whoever lets it wait for a
 * minute, or as long as {@link dev.outdial.dialer.incoming.IncomingOptions} says, has declined it.
 *
 * <p><b>Threading:</b> any thread; nothing waits but {@link #awaitEnd} and {@link #ringWithMedia(AudioClip)}.
 */
public final class IncomingCall {
    private static final int BUSY_HERE = 486;

    private final Dialer dialer;
    private final Doorstep leg;
    private final ClipLibrary clips;
    private final Caller caller;
    private final ConcurrentMap<String, String> variables = new ConcurrentHashMap<>();
    private final Optional<Leg> replaced;
    private final Call call;

    /**
     * Who calls, and whom.
     *
     * @param trunk the trunk that the call came by
     * @param from the user part of From: usually a number; {@code anonymous} where it is withheld
     * @param displayName the name beside it
     * @param to the user part of the Request-URI or To: which of our numbers was called
     * @param assertedIdentity whom the trunk vouches for (P-Asserted-Identity, RFC 3325)
     * @param verstat what the trunk found of the caller's signature, such as {@code TN-Validation-Passed}
     */
    public record Caller(
            String trunk,
            String from,
            Optional<String> displayName,
            String to,
            Optional<String> assertedIdentity,
            Optional<String> verstat) {}

    IncomingCall(Dialer dialer, Doorstep leg, ClipLibrary clips, Caller caller, Optional<Leg> replaced) {
        this.dialer = dialer;
        this.leg = leg;
        this.clips = clips;
        this.caller = caller;
        this.replaced = replaced;
        this.call = new Call(leg, clips, dialer, variables);
        var unused = leg.agreed().thenRun(() -> replaced.ifPresent(Leg::hangUp));
    }

    /**
     * The {@linkplain Call#id id} of the call of ours that this one is to take the place of (Replaces, RFC 3891): somebody we talk with
     * transfers us. When this one is answered that one is ended; a handler that knows of none answers it as any other. Only answered
     * calls over the same trunk can be meant; an INVITE that names another one is refused (481) and not shown. Empty where the call is
     * one of its own.
     */
    public Optional<String> replaces() {
        return replaced.map(Leg::callId);
    }

    /** The Call-ID that every SIP message of this call bears. */
    public String id() {
        return leg.callId();
    }

    /** Who calls, and whom. */
    public Caller caller() {
        return caller;
    }

    /** What the call is accounted for under, a UUID: unlike its Call-ID, which its caller chose, no other call has it. */
    public String requestId() {
        return leg.requestId();
    }

    /** The user's own notes on this call, at first none: the very map that the {@link Call} has which it becomes. */
    public ConcurrentMap<String, String> variables() {
        return variables;
    }

    /** Lets the caller hear that it rings; doing it twice does no harm. */
    public void ring() {
        leg.ring();
    }

    /**
     * Lets the caller hear us before the answer (183 with a session description): silence, and what a bridge {@linkplain
     * dev.outdial.dialer.bridge.BridgeOptions#withEarlyMedia with early media} brings. A caller that left the session description to us is
     * let know that it rings and no more. Where nothing can be agreed on, the call is refused (488).
     */
    public void ringWithMedia() {
        leg.ringWithMedia();
    }

    /**
     * Plays a clip to the caller, again and again, {@linkplain #ringWithMedia() before the answer}; it ends with the answer. Returns when
     * it begins, or where it is too late for it.
     *
     * @param clip {@link AudioClip#times} does not matter
     * @throws DialerException if the file cannot be read or decoded; the call waits on
     */
    public void ringWithMedia(AudioClip clip) throws InterruptedException {
        leg.ringWithMedia();
        try {
            leg.await(CompletableFuture.anyOf(leg.audible(), leg.ended()));
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
        Negotiation.Agreed terms = leg.audible().getNow(null);
        if (terms != null) {
            leg.playEarly(new PlayOrder(
                    clips.encoded(clip, terms.codec(), terms.ptimeMillis()),
                    clip.times(),
                    clip.volumeDb(),
                    ClipLibrary.name(clip.source())));
        }
    }

    /**
     * The call to talk on, also before it is answered: what is asked of it waits for the answer, whoever gives it. The same as {@link
     * #accept} returns.
     */
    public Call call() {
        return call;
    }

    /** Answers the call. What it comes to, {@link Call#awaitAnswer} says: the caller may have given up meanwhile. */
    public Call accept() {
        leg.accept(event -> {});
        return call;
    }

    /**
     * Answers the call and tells a listener what happens.
     *
     * @param listener called on virtual threads, one event after the other
     */
    public Call accept(Consumer<CallEvent> listener) {
        Ear ear = dialer.ear();
        leg.accept(event -> ear.execute(LogMark.around(leg.callId(), () -> listener.accept(event))));
        return call;
    }

    /** Declines the call as busy (486). */
    public void decline() {
        decline(BUSY_HERE);
    }

    /**
     * Declines the call.
     *
     * @param status the SIP status that says why, 400 to 699: 486 busy, 603 declined, 480 not there
     * @throws IllegalArgumentException for another status
     */
    public void decline(int status) {
        if (status < 400 || status > 699) {
            throw new IllegalArgumentException("status " + status + " declines nothing: 400 to 699 is expected");
        }
        leg.decline(status);
    }

    /**
     * Tells the caller to call somebody else (302).
     *
     * @param targets SIP URIs, best first
     * @throws IllegalArgumentException if there is none, or one is not a SIP URI
     */
    public void redirect(String... targets) {
        if (targets.length == 0) throw new IllegalArgumentException("a SIP URI to redirect to is expected");
        List<SipUri> contacts = Arrays.stream(targets).map(SipUri::parse).toList();
        leg.redirect(contacts);
    }

    /** Waits until the call is over, answered or not. */
    public CallOutcome awaitEnd() throws InterruptedException {
        try {
            return leg.ended().get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

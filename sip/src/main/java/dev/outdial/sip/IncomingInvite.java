package dev.outdial.sip;

import dev.outdial.sip.event.RemoteIdentity;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.message.Credentials;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.NameAddress;
import dev.outdial.sip.message.Replaces;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.Text;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A call to us, of which nothing is decided. What it says of the caller is the caller's word, or that of the trunk it came by: who trusts
 * it looks at {@link #source}. <b>Threading:</b> any thread.
 */
public final class IncomingInvite {
    private final SipRequest invite;
    private final Hop source;
    private final IncomingRunner runner;

    IncomingInvite(SipRequest invite, Hop source, IncomingRunner runner) {
        this.invite = invite;
        this.source = source;
        this.runner = runner;
    }

    /** The Call-ID that every message of the call carries. */
    public String callId() {
        return invite.callId();
    }

    /** Where the INVITE came from. */
    public Hop source() {
        return source;
    }

    /** Which of our contacts was called: the Request-URI; empty where that is no SIP URI that we can read, such as a {@code tel:} URI. */
    public Optional<SipUri> requestUri() {
        return read(invite.uri());
    }

    /** The Request-URI as it was sent. */
    public String requestUriText() {
        return invite.uri();
    }

    /** Who calls: the URI of From, where it is a SIP URI that we can read. */
    public Optional<SipUri> from() {
        return uri("From").flatMap(IncomingInvite::read);
    }

    /** The URI of From as it was sent, or an empty text. */
    public String fromText() {
        return uri("From").orElse("");
    }

    /** Whom the caller meant to call: the URI of To, where it is a SIP URI that we can read. */
    public Optional<SipUri> to() {
        return uri("To").flatMap(IncomingInvite::read);
    }

    /** The URI of To as it was sent, or an empty text. */
    public String toText() {
        return uri("To").orElse("");
    }

    /** The name that the caller shows beside its URI, control characters shown as {@code ?}, at most 160 characters. */
    public Optional<String> displayName() {
        return invite.headers().first("From").flatMap(IncomingInvite::displayName);
    }

    /** Who calls in the word of the trunk (P-Asserted-Identity, RFC 3325), and what it verified. */
    public RemoteIdentity remoteIdentity() {
        return RemoteIdentity.of(invite.headers());
    }

    /** Who was called before the call was diverted to us, latest first: the values of Diversion (RFC 5806). */
    public List<String> diversion() {
        return invite.headers().all("Diversion");
    }

    /** Whether the call is to take the place of another one (Replaces, RFC 3891). */
    public boolean asksForReplacement() {
        return invite.headers().first("Replaces").isPresent();
    }

    /** Which call it is to take the place of; empty where there is none, or more than one is named, or it is not named properly. */
    public Optional<Replaces> replaces() {
        List<String> named = invite.headers().all("Replaces");
        return named.size() == 1 ? Replaces.parse(named.getFirst()) : Optional.empty();
    }

    /** All header fields but Via and those of the body. */
    public Headers headers() {
        return invite.headers();
    }

    /** The caller's session description; where there is none, ours is wanted, and the caller's comes with its ACK. */
    public Optional<MessageBody> offer() {
        return invite.body().filter(body -> body.is(MessageBody.SDP));
    }

    /**
     * Whether the caller acknowledges whatever is said before the answer (it requires 100rel). Where it made
     * no offer, the first of that carries ours (RFC 3262 section 5).
     */
    public boolean demandsReliableRinging() {
        return runner.demandsReliableRinging();
    }

    /**
     * Takes the call on: it is still to be answered, by {@link InviteSession#accept}. Where the caller has gone in the meantime, {@code
     * Ended} is told at once.
     *
     * @param mailbox runs one task at a time, in order
     * @param listener called on the mailbox
     * @param credentials answer challenges to our requests within the call
     * @throws IllegalStateException when it was taken before
     */
    public InviteSession take(Executor mailbox, Consumer<SessionEvent> listener, Optional<Credentials> credentials) {
        return runner.take(mailbox, listener, credentials);
    }

    /**
     * Refuses the call.
     *
     * @param status the final response, 300-699
     * @param reason its reason phrase; where blank, the usual one
     * @throws IllegalArgumentException for a status outside of that, and for control characters
     * @throws IllegalStateException when it was taken before
     */
    public void refuse(int status, String reason) {
        if (status < 300 || status > 699) {
            throw new IllegalArgumentException("status " + status + " refuses no call; expected 300-699");
        }
        runner.refuse(status, Text.withoutControls("the reason phrase", reason));
    }

    private Optional<String> uri(String header) {
        return invite.headers().first(header).flatMap(NameAddress::parse).map(NameAddress::uri);
    }

    static Optional<String> displayName(String from) {
        int open = from.indexOf('<');
        if (open <= 0) return Optional.empty();
        String name = from.substring(0, open).strip();
        if (name.length() >= 2 && name.startsWith("\"")) {
            // A quoted name may hold the bracket as well.
            int close = closingQuote(from);
            if (close < 0) return Optional.empty();
            name = from.substring(from.indexOf('"') + 1, close).replaceAll("\\\\(.)", "$1");
        }
        return Optional.of(Text.shown(name)).filter(shown -> !shown.isBlank());
    }

    private static int closingQuote(String from) {
        for (int i = from.indexOf('"') + 1; i < from.length(); i++) {
            if (from.charAt(i) == '\\') i++;
            else if (from.charAt(i) == '"') return i;
        }
        return -1;
    }

    static Optional<SipUri> read(String uri) {
        try {
            return Optional.of(SipUri.parse(uri));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "call " + callId() + " from " + source;
    }
}

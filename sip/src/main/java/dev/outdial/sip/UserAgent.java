package dev.outdial.sip;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.registration.RegistrationEvent;
import dev.outdial.sip.session.SessionEvent;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A SIP user agent that dials out: opens listening points when they are first needed and closes everything. It does not take calls
 * and knows nothing of media. <b>Threading:</b> any thread; what may block says so.
 */
public final class UserAgent implements AutoCloseable {
    private UserAgent() {}

    /**
     * Starts an agent. With a configured address and port the UDP listening point is opened here, so that a taken port shows at once.
     *
     * @throws SipException with a sentence for a person, such as that the address is in use
     */
    public static UserAgent open(UserAgentConfig config) {
        throw new UnsupportedOperationException();
    }

    /**
     * Finds the address of a URI's host. <b>Blocks</b> on the name service: application threads only.
     *
     * @throws SipException when the host does not resolve
     */
    public Hop resolve(SipUri uri) {
        throw new UnsupportedOperationException();
    }

    /**
     * The local address that the route to the hop uses, or the configured one: what belongs into a session description.
     *
     * @throws SipException when there is no route
     */
    public InetAddress localAddressFor(Hop hop) {
        throw new UnsupportedOperationException();
    }

    /**
     * Registers and keeps registered until {@link Registration#unregister}.
     *
     * @param mailbox runs one task at a time, in order
     * @param listener called on the mailbox
     */
    public Registration register(
            Account account, Hop registrar, Duration expires, Executor mailbox, Consumer<RegistrationEvent> listener) {
        throw new UnsupportedOperationException();
    }

    /**
     * Places a call. Returns at once; the INVITE is handed to its sender before that.
     *
     * @param mailbox runs one task at a time, in order
     * @param listener called on the mailbox
     */
    public InviteSession invite(InviteRequest request, Executor mailbox, Consumer<SessionEvent> listener) {
        throw new UnsupportedOperationException();
    }

    /** Asks whether somebody is there; completes with the status of the final response, exceptionally with {@link SipException} where none comes. */
    public CompletionStage<Integer> options(SipUri target, Hop hop) {
        throw new UnsupportedOperationException();
    }

    /** Closes everything, within 2 seconds. Sessions still running end without further messages: hang up first. */
    @Override
    public void close() {}
}

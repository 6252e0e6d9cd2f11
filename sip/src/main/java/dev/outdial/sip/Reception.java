package dev.outdial.sip;

import dev.outdial.sip.incoming.IncomingSetup;
import dev.outdial.sip.incoming.OutOfDialog;
import dev.outdial.sip.message.SipAnswer;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.session.InviteOptions;
import dev.outdial.sip.transport.Responder;
import dev.outdial.sip.transport.SipTransport;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in calls to us, those that nobody has decided about in a bounded number, and remembers them by their Call-ID. <b>Threading:</b>
 * any thread.
 */
final class Reception {
    /** How many calls may wait for the handler's decision: strangers cannot fill the memory. */
    static final int MOST_UNDECIDED = 200;

    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
    private static final long DECIDE_WITHIN_SECONDS = 5;
    private static final SipAnswer FULL =
            SipAnswer.of(503, "Too many calls wait").plus("Retry-After", "5");

    private final Map<String, IncomingRunner> calls = new ConcurrentHashMap<>();
    private final AtomicInteger undecided = new AtomicInteger();
    private final SipTransport transport;
    private final ScheduledThreadPoolExecutor clock;
    private final Words words;
    private final String product;
    private final Contacts contacts;
    private volatile Optional<IncomingHandler> handler = Optional.empty();

    /** Where a far end reaches us. */
    @FunctionalInterface
    interface Contacts {
        SipUri contact(SipRequest invite, Responder responder) throws IOException;
    }

    Reception(
            SipTransport transport, ScheduledThreadPoolExecutor clock, Words words, String product, Contacts contacts) {
        this.transport = transport;
        this.clock = clock;
        this.words = words;
        this.product = product;
        this.contacts = contacts;
    }

    void announceTo(IncomingHandler newHandler) {
        handler = Optional.of(newHandler);
    }

    SipTransport transport() {
        return transport;
    }

    ScheduledThreadPoolExecutor clock() {
        return clock;
    }

    Optional<IncomingRunner> call(String callId) {
        return Optional.ofNullable(calls.get(callId));
    }

    void forget(String callId, IncomingRunner call) {
        calls.remove(callId, call);
    }

    List<IncomingRunner> forgetAll() {
        List<IncomingRunner> all = List.copyOf(calls.values());
        calls.clear();
        return all;
    }

    /** Somebody decided about a call. */
    void decided() {
        undecided.decrementAndGet();
    }

    /** Whether an INVITE is announced to the handler, as far as can be said before. */
    boolean wants(SipRequest invite) {
        return handler.isPresent()
                && undecided.get() < MOST_UNDECIDED
                && OutOfDialog.refusal(invite).isEmpty();
    }

    /** Takes in a call, or says what is answered instead; the INVITE has nothing against it. */
    Optional<SipAnswer> invited(SipRequest invite, Responder responder) {
        Optional<IncomingHandler> announced = handler;
        if (announced.isEmpty()) return OutOfDialog.answer(invite);
        if (undecided.incrementAndGet() > MOST_UNDECIDED) {
            undecided.decrementAndGet();
            return Optional.of(FULL);
        }
        SipUri contact;
        try {
            contact = contacts.contact(invite, responder);
        } catch (IOException | RuntimeException e) {
            undecided.decrementAndGet();
            LOG.warn("call={} no address for it: {}", invite.callId(), e.getMessage());
            return Optional.of(SipAnswer.of(500, "Server Internal Error"));
        }
        var setup = new IncomingSetup(
                invite,
                responder.branch(),
                responder.source(),
                contact,
                product,
                words.tokens(words.tagFor(invite)),
                InviteOptions.DIGITS);
        var call = new IncomingRunner(setup, responder, this);
        if (calls.putIfAbsent(invite.callId(), call) != null) {
            undecided.decrementAndGet();
            return Optional.of(SipAnswer.of(482, "Merged Request"));
        }
        call.start();
        announce(announced.get(), new IncomingInvite(invite, responder.source(), call));
        refuseLater(call);
        return Optional.empty();
    }

    private void announce(IncomingHandler announced, IncomingInvite invite) {
        try {
            announced.invited(invite);
        } catch (Throwable e) { // what a handler throws is no reason to lose the next call
            LOG.error("call={} the handler failed", invite.callId(), e);
        }
    }

    private void refuseLater(IncomingRunner call) {
        if (call.isDecided()) return;
        try {
            var unused = clock.schedule(() -> call.refuseUnlessTaken(480), DECIDE_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            // The agent is closed; it tells every party so itself.
            return;
        }
    }
}

package dev.outdial.dialer;

import dev.outdial.dialer.call.AutoAnswer;
import dev.outdial.dialer.call.CallLimits;
import dev.outdial.dialer.call.EngineRoom;
import dev.outdial.dialer.call.IncomingLeg;
import dev.outdial.dialer.call.Leg;
import dev.outdial.dialer.call.TrunkLine;
import dev.outdial.dialer.incoming.IncomingOptions;
import dev.outdial.media.net.RtpPortsExhaustedException;
import dev.outdial.sip.IncomingInvite;
import dev.outdial.sip.SipException;
import dev.outdial.sip.message.Replaces;
import dev.outdial.sip.message.SipUri;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the trunk that a call to us came by, gives it ears and a mouth, and shows it to the user. <b>Threading:</b> application threads. */
final class IncomingDesk {
    private static final Logger LOG = LoggerFactory.getLogger(IncomingDesk.class);
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int NO_SUCH_CALL = 481;
    private static final int BUSY_HERE = 486;
    private static final int TEMPORARILY_UNAVAILABLE = 480;
    private static final int SERVICE_UNAVAILABLE = 503;

    private final Dialer dialer;
    private final EngineRoom room;
    private final ClipLibrary clips;
    private final Lines lines;
    private final IncomingOptions options;
    private final RunningCalls calls;

    /** A desk for the calls of these trunks. */
    IncomingDesk(
            Dialer dialer,
            EngineRoom room,
            ClipLibrary clips,
            Lines lines,
            IncomingOptions options,
            RunningCalls calls) {
        this.dialer = dialer;
        this.room = room;
        this.clips = clips;
        this.lines = lines;
        this.options = options;
        this.calls = calls;
    }

    /** Takes the call on and shows it to the user; refuses it where that cannot be done. */
    void receive(IncomingInvite invite, Consumer<IncomingCall> handler) {
        Optional<TrunkLine> line = lineOf(invite);
        if (line.isEmpty()) {
            invite.refuse(NOT_FOUND, "");
            return;
        }
        Optional<Leg> replaced = Optional.empty();
        if (invite.asksForReplacement()) {
            if (invite.replaces().isEmpty()) {
                invite.refuse(BAD_REQUEST, "Bad Replaces");
                return;
            }
            Replaces named = invite.replaces().get();
            replaced = calls.meantBy(named, line.get().trunk().name());
            if (replaced.isEmpty() || named.earlyOnly()) {
                // RFC 3891 section 3: what is answered is not replaced by who wants an early one only.
                invite.refuse(replaced.isEmpty() ? NO_SUCH_CALL : BUSY_HERE, "");
                return;
            }
        }
        try {
            show(invite, line.get(), replaced, handler);
        } catch (RtpPortsExhaustedException | SipException unable) {
            LOG.warn("call={} cannot be taken: {}", invite.callId(), unable.getMessage());
            invite.refuse(SERVICE_UNAVAILABLE, "");
        }
    }

    // Accounts of one trunk share its addresses: what was called decides before where it comes from.
    private Optional<TrunkLine> lineOf(IncomingInvite invite) {
        Collection<TrunkLine> known = lines.all();
        return known.stream()
                .filter(line -> line.isCalled(invite))
                .findFirst()
                .or(() -> known.stream().filter(line -> line.isSourceOf(invite)).findFirst());
    }

    private void show(IncomingInvite invite, TrunkLine line, Optional<Leg> replaced, Consumer<IncomingCall> handler)
            throws RtpPortsExhaustedException {
        Optional<Duration> answerAfter = AutoAnswer.after(options, invite.headers());
        var leg = new IncomingLeg(
                room,
                invite.callId(),
                line.trunk().name(),
                new CallLimits(options.ringFor(), options.maxDuration()),
                answerAfter,
                invite.offer(),
                invite.demandsReliableRinging());
        leg.open(
                room.userAgent().localAddressFor(invite.source()),
                room.userAgent().mediaAddressFor(invite.source()),
                line.trunk().wire());
        if (!calls.remember(leg)) {
            leg.abandon();
            invite.refuse(SERVICE_UNAVAILABLE, "");
            return;
        }
        leg.take(listener -> invite.take(leg.mailbox(), listener, line.credentials()));
        if (answerAfter.filter(Duration::isPositive).isPresent()) leg.ring();
        try {
            handler.accept(new IncomingCall(dialer, leg, clips, caller(invite, line), replaced));
        } catch (RuntimeException broken) {
            LOG.error("call={} its handler failed", invite.callId(), broken);
            leg.decline(TEMPORARILY_UNAVAILABLE);
        }
    }

    private static IncomingCall.Caller caller(IncomingInvite invite, TrunkLine line) {
        return new IncomingCall.Caller(
                line.trunk().name(),
                invite.from().flatMap(SipUri::user).orElse(invite.fromText()),
                invite.displayName(),
                invite.requestUri()
                        .flatMap(SipUri::user)
                        .or(() -> invite.to().flatMap(SipUri::user))
                        .orElse(invite.toText()),
                invite.remoteIdentity().uri(),
                invite.remoteIdentity().verstat());
    }
}

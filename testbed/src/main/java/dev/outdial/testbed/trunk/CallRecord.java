package dev.outdial.testbed.trunk;

import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.message.NameAddress;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.message.SipUri;
import dev.outdial.testbed.uas.CallEnd;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What is remembered of one Call-ID, from its first INVITE on. Belongs to the loop. */
final class CallRecord {
    private static final int MOST_MESSAGES = 1000;

    private final String callId;
    private final String number;
    private final String from;
    private final long invitedNanos;
    private final List<TrunkMessage> messages = new ArrayList<>();
    private Optional<Persona> persona = Optional.empty();
    private Optional<CalleeCall> call = Optional.empty();
    private Optional<CalleeSound> media = Optional.empty();
    private OptionalLong answeredNanos = OptionalLong.empty();
    private OptionalLong endedNanos = OptionalLong.empty();
    private Optional<CallEnd> end = Optional.empty();
    private Optional<Path> savedSound = Optional.empty();
    private boolean finished;

    CallRecord(SipMessage invite, long nowNanos) {
        callId = invite.callId();
        number = SipUri.parse(invite.requestUri()).map(SipUri::user).orElse("");
        from = invite.from().map(NameAddress::uri).orElse("");
        invitedNanos = nowNanos;
    }

    void note(SipMessage message, boolean fromCaller, long nowNanos) {
        if (messages.size() < MOST_MESSAGES) messages.add(new TrunkMessage(nowNanos, fromCaller, message));
    }

    String callId() {
        return callId;
    }

    String number() {
        return number;
    }

    String from() {
        return from;
    }

    Optional<CalleeCall> call() {
        return call;
    }

    /** The caller was let in; what may have ended by a refused password begins again. */
    void begin(Optional<Persona> who, CalleeCall callee) {
        persona = who;
        call = Optional.of(callee);
        end = Optional.empty();
        endedNanos = OptionalLong.empty();
        finished = false;
    }

    /** Nothing more will be counted. */
    void finish() {
        finished = true;
    }

    boolean isFinished() {
        return finished;
    }

    void sounds(CalleeSound sound) {
        media = Optional.of(sound);
    }

    void answered(long nowNanos) {
        answeredNanos = OptionalLong.of(nowNanos);
    }

    void ended(CallEnd how, long nowNanos) {
        end = Optional.of(how);
        endedNanos = OptionalLong.of(nowNanos);
    }

    void savedAs(Path file) {
        savedSound = Optional.of(file);
    }

    TrunkCall snapshot() {
        return new TrunkCall(
                callId,
                number,
                from,
                persona,
                messages,
                invitedNanos,
                answeredNanos,
                endedNanos,
                end,
                media.map(CalleeSound::report),
                savedSound);
    }
}

package dev.outdial.server.calls.live;

import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A call on its way to what it becomes: all of it that changes after it was accepted. One owner, one use. */
final class CallDraft {
    private final CallRecord was;
    String trunk;
    String sipCallId;
    CallStatus status;
    boolean earlyMedia;
    int attempts;
    String outcome;
    String hangupBy;
    String hangupReason;
    OptionalInt sipCode;
    String sipPhrase;
    OptionalInt q850;
    String cause;
    String activeflowId;
    String currentAction;
    String bridgeId;
    List<String> chainedCallIds;
    List<String> recordingIds;
    String codec;
    String rtp;
    Optional<Instant> invited;
    Optional<Instant> ringing;
    Optional<Instant> answered;
    Optional<Instant> ended;

    CallDraft(CallRecord was) {
        this.was = was;
        trunk = was.trunk();
        sipCallId = was.sipCallId();
        status = was.status();
        earlyMedia = was.earlyMedia();
        attempts = was.attempts();
        outcome = was.outcome();
        hangupBy = was.hangupBy();
        hangupReason = was.hangupReason();
        sipCode = was.sipCode();
        sipPhrase = was.sipPhrase();
        q850 = was.q850();
        cause = was.cause();
        activeflowId = was.activeflowId();
        currentAction = was.currentAction();
        bridgeId = was.bridgeId();
        chainedCallIds = new ArrayList<>(was.chainedCallIds());
        recordingIds = new ArrayList<>(was.recordingIds());
        codec = was.codec();
        rtp = was.rtp();
        invited = was.invited();
        ringing = was.ringing();
        answered = was.answered();
        ended = was.ended();
    }

    /** What is known of an end. */
    void over(Change.Over over) {
        outcome = over.outcome();
        sipCode = known(over.sipCode());
        sipPhrase = over.sipPhrase();
        q850 = known(over.q850());
        cause = over.cause();
        hangupBy = over.hangupBy();
        hangupReason = over.hangupReason();
        rtp = over.rtp();
    }

    /** As if no attempt had been made, but for their number. */
    void queuedAnew() {
        status = CallStatus.QUEUED;
        earlyMedia = false;
        codec = "";
        currentAction = "";
        invited = Optional.empty();
        ringing = Optional.empty();
    }

    private static OptionalInt known(int number) {
        return number < 0 ? OptionalInt.empty() : OptionalInt.of(number);
    }

    CallRecord record(Instant updated) {
        return new CallRecord(
                was.id(),
                was.account(),
                was.origin(),
                was.direction(),
                was.from(),
                was.to(),
                trunk,
                sipCallId,
                status,
                earlyMedia,
                attempts,
                outcome,
                hangupBy,
                hangupReason,
                sipCode,
                sipPhrase,
                q850,
                cause,
                was.plan(),
                was.schedule(),
                was.ringMillisLimit(),
                was.durationMillisLimit(),
                activeflowId,
                currentAction,
                was.groupcallId(),
                bridgeId,
                was.masterCallId(),
                chainedCallIds,
                was.digitsAll(),
                recordingIds,
                codec,
                rtp,
                was.tag(),
                was.metadata(),
                was.variables(),
                was.headers(),
                was.anonymous(),
                was.record(),
                was.detectMachine(),
                was.callbacks(),
                was.created(),
                invited,
                ringing,
                answered,
                ended,
                updated);
    }
}

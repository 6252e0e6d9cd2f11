package dev.outdial.dialer.call;

import dev.outdial.dialer.call.CallMachine.Event;
import dev.outdial.dialer.digits.DigitSource;
import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.outcome.CallStatistics;
import dev.outdial.dialer.record.RecordingEnd;
import dev.outdial.media.MediaEvent;
import dev.outdial.media.MediaSession;
import dev.outdial.media.MediaStatistics;
import dev.outdial.media.dtmf.InfoDigits;
import dev.outdial.media.sdp.Answering;
import dev.outdial.media.sdp.Negotiation;
import dev.outdial.sip.message.MessageBody;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sound of one leg: what its session descriptions came to, the conversation after the answer, the recordings, and what the
 * media loop has to say of them. <b>Threading:</b> belongs to the call's mailbox, but for {@link #statistics}.
 */
final class LegMedia {
    private static final Logger LOG = LoggerFactory.getLogger(LegMedia.class);

    private final String callId;
    private final MediaSession session;
    private final Consumer<CallEvent> listener;
    private Optional<Consumer<MessageBody>> info = Optional.empty();
    private Optional<Conversation> conversation = Optional.empty();
    private Optional<RecordingOrder> recordFromAnswer = Optional.empty();
    /** By the numbers that media events carry. */
    private final Map<Long, RecordingOrder> recordings = new HashMap<>();

    private DigitMerger digits = DigitMerger.START;
    private boolean answered;
    private final Detecting detecting;
    private boolean encrypted;

    LegMedia(String callId, MediaSession session, Consumer<CallEvent> listener) {
        this.callId = callId;
        this.session = session;
        this.listener = listener;
        this.detecting = new Detecting(session, listener);
    }

    /** Has keys go out by INFO, whose bodies that one sends; to be said before the answer. */
    void keysBy(Consumer<MessageBody> sender) {
        info = Optional.of(sender);
    }

    /**
     * Takes a session description of a provisional response, which came from that leg of a call that may be
     * forked.
     */
    void described(String leg, MessageBody body) {
        session.early(leg, body.bytes());
    }

    /** Answers an offer that a leg makes before it answers the call; empty where it cannot be taken. */
    Optional<MessageBody> offered(String leg, MessageBody offer) {
        return switch (session.answerEarly(leg, offer.bytes())) {
            case Answering.Answered answered -> Optional.of(new MessageBody(MessageBody.SDP, answered.sdp()));
            case Answering.Refused refused -> {
                LOG.debug("call={} an offer before the answer is refused: {}", callId, refused.why());
                yield Optional.empty();
            }
        };
    }

    /** Takes the answer of a leg; where it can be agreed to, the conversation begins. */
    Negotiation answered(String leg, Optional<MessageBody> body, long nowNanos) {
        Negotiation negotiation = session.answered(leg, body.map(MessageBody::bytes));
        if (negotiation instanceof Negotiation.Agreed terms) {
            begin(terms, nowNanos);
        }
        return negotiation;
    }

    /** The conversation begins on these terms. */
    void begin(Negotiation.Agreed terms, long nowNanos) {
        answered = true;
        conversation = Optional.of(new Conversation(Mouth.of(session), info, nowNanos));
        encrypted = terms.srtp().isPresent();
        recordFromAnswer.ifPresent(this::beginRecording);
        detecting.answered();
    }

    /** Who answered, where that is asked for. */
    Detecting detecting() {
        return detecting;
    }

    /** What was agreed on has changed: keys may come another way from now on. */
    void renegotiated() {
        digits = DigitMerger.START;
    }

    /** The sound itself. */
    MediaSession session() {
        return session;
    }

    /** Whether the sound goes encrypted. */
    boolean encrypted() {
        return encrypted;
    }

    /** What is said and heard; empty before the answer and after the end. */
    Optional<Conversation> conversation() {
        return conversation;
    }

    /** Begins a recording with the answer, or now if that is later; one that goes on or waits ends. */
    void record(RecordingOrder order) {
        if (conversation.isEmpty()) {
            recordFromAnswer
                    .filter(before -> before != order)
                    .ifPresent(before -> before.abandon(RecordingEnd.REPLACED));
            recordFromAnswer = Optional.of(order);
        } else {
            beginRecording(order);
        }
    }

    private void beginRecording(RecordingOrder order) {
        order.begin(session).ifPresent(id -> recordings.put(id, order));
    }

    private void recordingEnded(MediaEvent.RecordingEnded event) {
        RecordingOrder order = recordings.remove(event.recordingId());
        if (order != null) {
            listener.accept(new CallEvent.RecordingEnded(order.file(), order.over(event)));
        }
    }

    /**
     * Takes what the media loop says: tells listener and conversation, and returns what it is to the call.
     *
     * @param talking whether the call is answered and nobody has said good-bye
     */
    Optional<Event> heard(MediaEvent event, boolean talking, long nowNanos) {
        return switch (event) {
            case MediaEvent.FirstPacket first -> Optional.empty();
            case MediaEvent.FirstPacketAfterAnswer first -> {
                conversation.ifPresent(talk -> talk.farEndHeard(nowNanos));
                yield Optional.of(new Event.MediaSeen());
            }
            case MediaEvent.Digit digit -> {
                pressed(digit.digit(), digit.durationMillis(), WireTerms.source(digit.source()), nowNanos);
                yield Optional.empty();
            }
            case MediaEvent.ToneHeard heard -> {
                listener.accept(HeardTones.event(heard.tone(), !answered));
                yield Optional.empty();
            }
            case MediaEvent.Played played -> {
                listener.accept(new CallEvent.Played(played.millis(), played.whole()));
                // Cut short by the end of the call, it is the end that its player is told of.
                conversation.filter(talk -> talking).ifPresent(talk -> talk.played(played, nowNanos));
                yield Optional.empty();
            }
            case MediaEvent.DigitsSent sent -> {
                conversation.filter(talk -> talking).ifPresent(talk -> talk.digitsSent(sent));
                yield Optional.empty();
            }
            case MediaEvent.RecordingFailed failed -> {
                LOG.warn("call={} the recording failed: {}", callId, failed.why());
                listener.accept(new CallEvent.RecordingFailed(failed.why()));
                yield Optional.empty();
            }
            case MediaEvent.MachineDetected detected -> {
                detecting.heard(detected);
                yield Optional.empty();
            }
            case MediaEvent.GreetingEnded ended -> {
                detecting.heard(ended);
                yield Optional.empty();
            }
            case MediaEvent.RecordingEnded ended -> {
                recordingEnded(ended);
                yield Optional.empty();
            }
            // A call that nobody can hear any more is no call.
            case MediaEvent.Failed failed -> Optional.of(new Event.HangUp(HangUpReason.FAULT));
            case MediaEvent.ReceptionTimeout timeout ->
                Optional.of(new Event.RtpTimeout(
                        timeout.silentMillis(), session.statistics().received().strangers()));
            // RFC 3550 BYE is unauthenticated: the call goes on until SIP says otherwise.
            case MediaEvent.RemoteBye bye -> Optional.empty();
        };
    }

    /** Takes the body of an INFO: a key that was pressed, or nothing of ours. */
    void informed(MessageBody body, long nowNanos) {
        InfoDigits.read(body.contentType(), body.bytes())
                .ifPresent(press -> pressed(press.digit(), press.durationMillis(), DigitSource.INFO, nowNanos));
    }

    private void pressed(char digit, int durationMillis, DigitSource source, long nowNanos) {
        if (conversation.isEmpty()) {
            return;
        }
        DigitMerger.Heard heard = digits.heard(digit, durationMillis, source, nowNanos);
        digits = heard.next();
        if (heard.isNew()) {
            // A recording hears the keys that come by RTP itself.
            if (source == DigitSource.INFO) session.pressed(digit);
            listener.accept(new CallEvent.DigitPressed(digit, durationMillis, source));
            conversation.get().digit(digit, nowNanos);
        }
    }

    /** Any thread. */
    CallStatistics statistics() {
        return WireTerms.statistics(session.statistics());
    }

    /** No word after the good-bye; completes when everything is put away. */
    CompletionStage<MediaStatistics> finish() {
        return session.finish();
    }

    /** Nobody talks any more. */
    void over() {
        conversation.ifPresent(Conversation::over);
        conversation = Optional.empty();
    }
}

package dev.outdial.media;

import dev.outdial.media.amd.GreetingEnd;
import dev.outdial.media.amd.MachineEvidence;
import dev.outdial.media.amd.MachineVerdict;
import dev.outdial.media.record.RecordingEnd;
import dev.outdial.media.tone.ToneEvent;

/** What happens on a {@link MediaSession}. Delivered on the media loop: a listener posts it on and returns at once. */
public sealed interface MediaEvent {
    /** The first RTP packet of the session, before or after the answer. */
    record FirstPacket() implements MediaEvent {}

    /** The first RTP packet from the negotiated address after the answer. */
    record FirstPacketAfterAnswer() implements MediaEvent {}

    /**
     * The far end pressed and released a key; once each.
     *
     * @param digit 0-9, *, #, A-D
     * @param durationMillis how long it was down, as far as was heard
     * @param source how it came
     */
    record Digit(char digit, int durationMillis, DigitSource source) implements MediaEvent {}

    /** How a key came. */
    enum DigitSource {
        /** In telephone-event packets (RFC 4733). */
        TELEPHONE_EVENT,
        /** As two tones in the sound: listened for only where no telephone-events were agreed, so that no key comes twice. */
        IN_BAND
    }

    /**
     * Nothing came from the far end for the time that {@link SessionOptions#rtpTimeout} allows, though it should have sent.
     * Told once; again only after it was heard again.
     *
     * @param silentMillis for how long
     */
    record ReceptionTimeout(long silentMillis) implements MediaEvent {}

    /**
     * A clip came to its end.
     *
     * @param playId what {@link MediaSession#play} returned
     * @param millis how much of it was sent, all repetitions together
     * @param whole false where it was stopped, where the session ended first, where another codec was agreed, and where the far end does not listen: while
     *     it holds ({@code sendonly}, {@code inactive}, c=0.0.0.0) nothing can be heard, so nothing waits for its end
     */
    record Played(long playId, long millis, boolean whole) implements MediaEvent {}

    /**
     * Keys were sent, or cannot be.
     *
     * @param digitsId what {@link MediaSession#sendDigits} returned
     * @param sent the keys that were sent whole and the pauses that were made between them: fewer than asked for where the
     *     session ended or the far end put us on hold first, none where it does not listen
     */
    record DigitsSent(long digitsId, String sent) implements MediaEvent {}

    /**
     * A tone of the network or of a machine was heard, before or after the answer, where {@link MediaSession#listenForTones} asks for
     * that.
     *
     * @param tone what it was; its times count from when tones were first listened for
     */
    record ToneHeard(ToneEvent tone) implements MediaEvent {}

    /**
     * A recording is not whole; the call goes on. Either it ended early, or sound is missing in it because the disk did not keep up:
     * then silence is in its place, what follows is where it belongs, and this is told once.
     *
     * @param why one sentence that names the file
     */
    record RecordingFailed(String why) implements MediaEvent {}

    /**
     * Who answered, as {@link MediaSession#detectMachine} asked.
     *
     * @param evidence the timings that it was decided by
     */
    record MachineDetected(MachineVerdict verdict, MachineEvidence evidence) implements MediaEvent {}

    /**
     * The greeting of the machine that answered is over: it listens now.
     *
     * @param beepMillis how long the beep was, 0 where there was none
     */
    record GreetingEnded(GreetingEnd how, long beepMillis) implements MediaEvent {}

    /**
     * A recording is closed, or cannot be written. Each ends in one of these, before the session's end is told.
     *
     * @param recordingId what {@link MediaSession#record(java.nio.file.Path, dev.outdial.media.record.RecordingOptions)} returned
     * @param reason why it ended
     * @param millis how much sound is in the file
     * @param bytes the file's length
     */
    record RecordingEnded(long recordingId, RecordingEnd reason, long millis, long bytes) implements MediaEvent {}

    /**
     * The session ended by a fault of its own: nothing is sent or heard any more.
     *
     * @param why one sentence
     */
    record Failed(String why) implements MediaEvent {}

    /** The far end's RTCP said BYE. A hint, never a reason to hang up: it is not authenticated. */
    record RemoteBye() implements MediaEvent {}
}

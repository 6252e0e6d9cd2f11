package dev.outdial.dialer.flow;

import dev.outdial.dialer.detect.MachineDetection;
import dev.outdial.dialer.record.RecordingFormat;
import dev.outdial.dialer.sound.SoundDirection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is done with the call itself, and with others. */
public sealed interface CallAction extends FlowAction {
    /** Answers a call to us; one that is answered, or ours, stays as it is. */
    record Answer() implements CallAction {}

    /** Whether the caller is named to who is called. */
    enum Anonymous {
        YES,
        NO,
        /** As usual: named. */
        AUTO
    }

    /**
     * Has the far end talk to somebody else, through us, until one of the two leaves. The far end hears ringing until somebody answers.
     *
     * @param source who calls; the number that this call is from where empty
     * @param destinations whom to call, all at once; the first who answers is connected, the others are given up
     * @param earlyMedia whether the far end hears what the network plays before the answer
     * @param relayReason whether this call ends for the same reason where the first destination comes to nothing
     */
    record Connect(
            Optional<FlowAddress> source,
            List<FlowAddress> destinations,
            boolean earlyMedia,
            boolean relayReason,
            Anonymous anonymous)
            implements CallAction {
        /** Copies the destinations. */
        public Connect {
            destinations = List.copyOf(destinations);
        }
    }

    /**
     * Places further calls, each with a flow of its own, and goes on.
     *
     * @param flow what is done in them
     * @param chained whether they end with this call
     * @param earlyExecution whether their flow begins when they ring
     */
    record PlaceCalls(
            Optional<FlowAddress> source,
            List<FlowAddress> destinations,
            FlowSource flow,
            boolean chained,
            boolean earlyExecution,
            Anonymous anonymous)
            implements CallAction {
        /** Copies the destinations. */
        public PlaceCalls {
            destinations = List.copyOf(destinations);
        }
    }

    /** Where a flow comes from. */
    sealed interface FlowSource {
        /** It is written where it is used. */
        record Inline(Flow flow) implements FlowSource {}

        /** It is known by its id; may hold variables. */
        record Stored(String flowId) implements FlowSource {}
    }

    /** Takes part in a conference until it is over or the call leaves it. Those who name the same one hear each other. */
    record JoinConference(String conferenceId) implements CallAction {}

    /**
     * Records both sides until something ends it, or the call; the flow goes on.
     *
     * @param endOfSilence ended by so much silence; zero for never
     * @param endKeys any of these ends it; none where empty
     * @param longest zero for as long as it takes
     * @param beep whether the far end hears a tone first
     * @param onEndFlowId a flow to run without a call when it is over; empty for none
     */
    record RecordingStart(
            RecordingFormat format,
            Duration endOfSilence,
            String endKeys,
            Duration longest,
            boolean beep,
            Optional<String> onEndFlowId)
            implements CallAction {}

    /** Ends the recording; its file is closed before the next step. */
    record RecordingStop() implements CallAction {}

    /** Has one not hear the other, or hear it again. */
    record Mute(SoundDirection direction, boolean on) implements CallAction {}

    /** The far end hears itself: its sound, decoded and coded again. */
    record Echo(Duration duration) implements CallAction {}

    /** The far end gets its own packets back, keys included. */
    record StreamEcho(Duration duration) implements CallAction {}

    /**
     * Finds out who answered, which is in {@link Variables#AMD} then.
     *
     * @param hangUpOnMachine whether the call ends where a machine did
     * @param async whether the next step comes at once
     */
    record DetectMachine(MachineDetection options, boolean hangUpOnMachine, boolean async) implements CallAction {}

    /**
     * Waits for the end of a machine's greeting: its beep, or silence after it. {@link Variables#BEEP} says which.
     *
     * @param longest how long
     */
    record WaitBeep(Duration longest) implements CallAction {}
}

package dev.outdial.dialer.flow.machine;

import dev.outdial.dialer.flow.Flow;
import java.util.Map;

/** What happens to a run of a flow. What comes late or twice does no harm. */
public sealed interface FlowEvent {
    /** The far end pressed a key. */
    record Key(char digit) implements FlowEvent {}

    /** What an action asked for is done, or came to nothing. */
    record Done(long operation, Result result) implements FlowEvent {}

    /** The journal has kept an entry, or has failed to. */
    record Recorded(long seq) implements FlowEvent {}

    /** The call was answered: by us, or by the far end where the flow began before. */
    record Answered() implements FlowEvent {}

    /** Some time has passed; early or twice does no harm. */
    record Tick() implements FlowEvent {}

    /** The call is over. */
    record CallEnded() implements FlowEvent {}

    /** Somebody outside wants the flow and its call to end. */
    record Cancel() implements FlowEvent {}

    /** What became of what an action asked for. */
    sealed interface Result {
        /** It was done. */
        record Finished() implements Result {}

        /** It was not, for a reason that is told in one sentence. */
        record Failed(String why) implements Result {}

        /** It was done and has something to remember: variables, ours included. */
        record Learnt(Map<String, String> variables) implements Result {
            /** Copies them. */
            public Learnt {
                variables = Map.copyOf(variables);
            }
        }

        /** Who answered: HUMAN, MACHINE or NOTSURE. */
        record Who(String answered) implements Result {}

        /** The actions that were asked for. */
        record Brought(Flow flow) implements Result {}

        /**
         * Nobody answered who should be connected.
         *
         * @param causeId the Call-ID of the first destination's call, whose end is the reason to relay
         */
        record NobodyAnswered(String causeId) implements Result {}
    }
}

package dev.outdial.testbed.trunk;

import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.uas.CallEnd;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A call as the trunk saw it, at the moment when it was asked. All times are on the monotonic clock.
 *
 * @param callId the Call-ID
 * @param number who is called: the user part of the request URI
 * @param from the caller's URI
 * @param persona who answers; empty when nobody has that number or the caller was not let in yet
 * @param messages all SIP messages of that Call-ID, in order
 * @param invitedNanos when the first INVITE came
 * @param answeredNanos when the 200 was sent
 * @param endedNanos when it ended
 * @param end how it ended; empty while it goes on
 * @param media what was heard and said; empty when there was no sound
 * @param savedSound where the callee's recording was written
 */
public record TrunkCall(
        String callId,
        String number,
        String from,
        Optional<Persona> persona,
        List<TrunkMessage> messages,
        long invitedNanos,
        OptionalLong answeredNanos,
        OptionalLong endedNanos,
        Optional<CallEnd> end,
        Optional<MediaReport> media,
        Optional<Path> savedSound) {
    /** Copies the messages. */
    public TrunkCall {
        messages = List.copyOf(messages);
    }

    /** The first lines of all messages, {@code >} from the caller and {@code <} to the caller: the call at a glance. */
    public List<String> glance() {
        return messages.stream()
                .map(m -> (m.fromCaller() ? "> " : "< ")
                        + (m.message().isRequest()
                                ? m.message().method()
                                : m.message().status() + " " + m.message().reason()))
                .toList();
    }
}

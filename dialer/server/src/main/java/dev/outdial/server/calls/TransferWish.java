package dev.outdial.server.calls;

import java.util.Optional;

/**
 * Whom the far end of a call is to talk with, through us: that call is dialled, and both hear each other from its answer on until one of
 * them ends.
 *
 * @param to whom
 * @param callerId who calls it; the trunk's own number where empty
 * @param anonymous whether it is not told who calls
 * @param whisper what it hears, alone, before the two hear each other
 * @param callbacks where its events are sent
 * @param tag the user's own, returned in its events
 */
public record TransferWish(
        Address to,
        Optional<String> callerId,
        boolean anonymous,
        Optional<SoundWish> whisper,
        Optional<Callbacks> callbacks,
        String tag) {
    /** Just that one. */
    public static TransferWish to(Address to) {
        return new TransferWish(to, Optional.empty(), false, Optional.empty(), Optional.empty(), "");
    }
}

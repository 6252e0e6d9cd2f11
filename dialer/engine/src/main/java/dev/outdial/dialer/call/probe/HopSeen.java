package dev.outdial.dialer.call.probe;

import dev.outdial.sip.message.Hop;
import java.util.Optional;

/**
 * What was seen of one way to a trunk.
 *
 * @param trial whether a connection comes about; empty over UDP
 * @param reply what it says to OPTIONS
 */
record HopSeen(Hop hop, Optional<Trial> trial, Reply reply) {
    /** Whether something came back from there. */
    boolean reached() {
        return reply instanceof Reply.Answered
                || trial.filter(made -> made.failure().isEmpty()).isPresent();
    }
}

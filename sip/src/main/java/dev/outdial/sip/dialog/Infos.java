package dev.outdial.sip.dialog;

import dev.outdial.sip.message.MessageBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The INFO requests of ours: one at a time, so that they arrive in order.
 *
 * @param sent the one that is out
 * @param waiting what comes after it
 */
record Infos(Optional<Sent> sent, List<MessageBody> waiting) {
    static final Infos NONE = new Infos(Optional.empty(), List.of());

    private static final int MOST = 32;

    Infos {
        waiting = List.copyOf(waiting);
    }

    /** With one more at the end; where very many wait already, a far end that answers none of them has lost interest. */
    Infos plus(MessageBody body) {
        if (waiting.size() >= MOST) return this;
        var all = new ArrayList<>(waiting);
        all.add(body);
        return new Infos(sent, all);
    }

    Infos sending(Sent next) {
        return new Infos(Optional.of(next), waiting);
    }

    Infos withoutFirst() {
        return new Infos(sent, waiting.subList(1, waiting.size()));
    }

    Infos settled() {
        return new Infos(Optional.empty(), waiting);
    }
}

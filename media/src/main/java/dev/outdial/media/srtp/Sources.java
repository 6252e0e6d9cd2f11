package dev.outdial.media.srtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is remembered of the sources that a key is used for: of so many, and of more the one that was silent for longest is
 * forgotten. <b>Threading:</b> one owner.
 */
final class Sources<T> {
    /** A call has one source, and another for each announcement or transfer. */
    static final int MAX_SOURCES = 16;

    private record Source<T>(int ssrc, Optional<T> memory) {}

    /** The one heard last comes last. */
    private final List<Source<T>> sources = new ArrayList<>(MAX_SOURCES);

    /** What is remembered of a source; empty for one that is unknown. */
    Optional<T> find(int ssrc) {
        int at = place(ssrc);
        return at < 0 ? Optional.empty() : sources.get(at).memory;
    }

    /** The source that was heard last. */
    Optional<T> last() {
        return sources.isEmpty() ? Optional.empty() : sources.getLast().memory;
    }

    /** @param ssrc of a source that is known and was heard */
    void heard(int ssrc) {
        int at = place(ssrc);
        if (at < sources.size() - 1) sources.add(sources.remove(at));
    }

    void add(int ssrc, T memory) {
        if (isFull()) sources.removeFirst();
        sources.add(new Source<>(ssrc, Optional.of(memory)));
    }

    boolean isFull() {
        return sources.size() == MAX_SOURCES;
    }

    private int place(int ssrc) {
        int at = sources.size() - 1;
        while (at >= 0 && sources.get(at).ssrc != ssrc) at--;
        return at;
    }
}

package dev.outdial.media.srtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is remembered of the sources that a key was heard of: of so many, and of more the one that was silent for longest is
 * forgotten. <b>Threading:</b> one owner.
 */
final class Sources<T> {
    /** A call has one source, and another for each announcement or transfer. */
    static final int MAX_SOURCES = 16;

    private record Source<T>(int ssrc, Optional<T> memory) {}

    /** The one heard last comes last. */
    private final List<Source<T>> sources = new ArrayList<>(MAX_SOURCES);

    /** What is remembered of a source; empty for one that is unknown. */
    Optional<T> heard(int ssrc) {
        for (int i = sources.size() - 1; i >= 0; i--) {
            if (sources.get(i).ssrc != ssrc) continue;
            if (i < sources.size() - 1) sources.add(sources.remove(i));
            return sources.getLast().memory;
        }
        return Optional.empty();
    }

    /** The source that was heard last. */
    Optional<T> last() {
        return sources.isEmpty() ? Optional.empty() : sources.getLast().memory;
    }

    void add(int ssrc, T memory) {
        if (sources.size() == MAX_SOURCES) sources.removeFirst();
        sources.add(new Source<>(ssrc, Optional.of(memory)));
    }
}

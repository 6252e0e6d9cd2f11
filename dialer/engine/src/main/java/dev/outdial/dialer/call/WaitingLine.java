package dev.outdial.dialer.call;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/**
 * Those who wait for a place over one trunk: first come, first served. Only who is first asks for one.
 *
 * <p><b>Threading:</b> any thread; nothing waits.
 */
final class WaitingLine {
    private final Deque<Place> places = new ArrayDeque<>();

    /** A place in the line. */
    static final class Place {
        private final CompletableFuture<Void> first = new CompletableFuture<>();

        /** Completes when nobody is before it any more. */
        CompletableFuture<Void> first() {
            return first;
        }
    }

    /** The last place. */
    Place join() {
        var place = new Place();
        boolean alone;
        synchronized (this) {
            alone = places.isEmpty();
            places.addLast(place);
        }
        if (alone) place.first.complete(null);
        return place;
    }

    /** Gives a place up, whoever is before it; doing it twice does no harm. */
    void leave(Place place) {
        Place next;
        synchronized (this) {
            places.remove(place);
            next = places.peekFirst();
        }
        if (next != null) next.first.complete(null); // out of the lock: whoever waits for it goes on here
    }

    synchronized boolean isEmpty() {
        return places.isEmpty();
    }
}

package dev.outdial.dialer;

import dev.outdial.dialer.call.Talk;
import dev.outdial.media.MediaConference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Calls whose far ends hear one another: each the sum of all others. Twenty may take part. What is played to one of them is heard by
 * that one alone, over the others; a call that ends leaves by itself. None is ended by it.
 *
 * <p><b>Threading:</b> any thread; nothing waits.
 */
public final class Conference implements AutoCloseable {
    private final MediaConference media;
    private final Consumer<Call> check;
    private final Map<Call, Seat> seats = new LinkedHashMap<>();
    private boolean closed;

    /** @param talk empty before the answer */
    private record Seat(Optional<Talk> talk, boolean muted) {}

    /** @param check refuses a call of another dialer */
    Conference(MediaConference media, Consumer<Call> check) {
        this.media = media;
        this.check = check;
    }

    /**
     * Has a call take part from when it is answered; one that does so already goes on.
     *
     * @throws IllegalStateException where it is full or closed
     * @throws IllegalArgumentException for a call of another dialer
     */
    public synchronized void add(Call call) {
        check.accept(call);
        if (closed) {
            throw new IllegalStateException("the conference is over");
        }
        if (seats.containsKey(call)) {
            return;
        }
        if (seats.size() == MediaConference.MOST_MEMBERS) {
            throw new IllegalStateException("a conference of more than " + MediaConference.MOST_MEMBERS + " calls");
        }
        seats.put(call, new Seat(Optional.empty(), false));
        var unused = call.leg().agreed().thenRun(() -> answered(call));
        var unusedToo = call.leg().ended().thenRun(() -> remove(call));
    }

    private synchronized void answered(Call call) {
        Seat seat = seats.get(call);
        if (seat == null || seat.talk().isPresent()) {
            return; // it left before, or was added again
        }
        Talk talk = call.talk();
        talk.enter(media);
        talk.mute(media, seat.muted());
        seats.put(call, new Seat(Optional.of(talk), seat.muted()));
    }

    /** Has a call take part no more; it goes on by itself. */
    public synchronized void remove(Call call) {
        Seat seat = seats.remove(call);
        if (seat != null) {
            seat.talk().ifPresent(talk -> talk.leave(media));
        }
    }

    /** Has the others not hear a call's far end, or hear it again; what it hears does not change. */
    public synchronized void mute(Call call, boolean muted) {
        Seat seat = seats.get(call);
        if (seat != null) {
            seats.put(call, new Seat(seat.talk(), muted));
            seat.talk().ifPresent(talk -> talk.mute(media, muted));
        }
    }

    /** How many calls take part, those that are not answered yet included. */
    public synchronized int size() {
        return seats.size();
    }

    /** Has no call take part any more; all of them go on. May be called again. */
    @Override
    public synchronized void close() {
        closed = true;
        seats.clear();
        media.close();
    }
}

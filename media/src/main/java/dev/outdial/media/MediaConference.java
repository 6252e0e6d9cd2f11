package dev.outdial.media;

import dev.outdial.media.mix.ConferenceMix;
import java.util.HashMap;
import java.util.Map;

/**
 * Sessions whose far ends hear one another: each the sum of all others, beneath what is played to it. <b>Threading:</b> every method
 * may be called on any thread, none waits.
 */
public final class MediaConference implements AutoCloseable {
    /** As many may take part. */
    public static final int MOST_MEMBERS = ConferenceMix.MOST_MEMBERS;

    private final MediaEngine engine;
    private final ConferenceMix mix = new ConferenceMix();
    private final Map<MediaSession, Seat> seats = new HashMap<>();
    private boolean closed;

    private record Seat(ConferenceMix.Member member, SoundListener ear, LiveSound mouth) {}

    MediaConference(MediaEngine engine) {
        this.engine = engine;
    }

    /**
     * Has a session take part; one that does so already goes on. It is carried by the loop that carries the others from now on.
     *
     * @throws IllegalStateException where there are {@link #MOST_MEMBERS} already, or it is closed
     * @throws IllegalArgumentException for a session of another engine
     */
    public synchronized void add(MediaSession session) {
        if (closed) throw new IllegalStateException("the conference is over");
        if (seats.containsKey(session)) return;
        // Each with each: whoever leaves, those who stay are kept together.
        for (MediaSession member : seats.keySet()) engine.join(member, session);
        ConferenceMix.Member member = mix.join();
        SoundListener ear = (samples, count, nowNanos) -> {
            if (!session.isIncomingMuted()) member.say(samples, count, nowNanos);
        };
        var seat = new Seat(member, ear, member::hear);
        seats.put(session, seat);
        session.listen(seat.ear());
        session.sendLive(seat.mouth());
    }

    /** Has a session take part no more: it hears and is heard by nobody in it. */
    public synchronized void remove(MediaSession session) {
        Seat seat = seats.remove(session);
        if (seat == null) return;
        seats.keySet().forEach(member -> engine.part(member, session));
        seat.member().leave();
        session.stopListening(seat.ear());
        session.stopLive(seat.mouth());
    }

    /** Has the others not hear a session, or hear it again; what it hears does not change. */
    public synchronized void mute(MediaSession session, boolean muted) {
        Seat seat = seats.get(session);
        if (seat != null) seat.member().mute(muted);
    }

    /** How many take part. */
    public synchronized int size() {
        return seats.size();
    }

    /** Has nobody take part any more. */
    @Override
    public synchronized void close() {
        closed = true;
        for (MediaSession session : seats.keySet().toArray(MediaSession[]::new)) remove(session);
    }
}

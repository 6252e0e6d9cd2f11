package dev.outdial.dialer.call;

import dev.outdial.media.MediaSession;
import java.util.OptionalLong;

/** One clip that is played again and again beneath all others. <b>Threading:</b> belongs to the call's mailbox. */
final class Music {
    private OptionalLong playing = OptionalLong.empty();

    /** Plays it in place of any before it; nothing where another codec has been agreed on since it was encoded. */
    void play(MediaSession session, PlayOrder order) {
        if (session.takes(order.clip())) {
            playing = OptionalLong.of(session.playBeneath(order.clip(), order.volumeDb()));
        }
    }

    /** Ends it where it plays. */
    void stop(MediaSession session) {
        playing.ifPresent(session::stopPlaying);
        playing = OptionalLong.empty();
    }
}

package dev.outdial.dialer.call;

import dev.outdial.media.MediaEvent;
import dev.outdial.media.MediaSession;
import java.util.Optional;

/** What a caller hears of us, and we of it, before we answer. <b>Threading:</b> belongs to the call's mailbox. */
final class EarlySound {
    private final Music music = new Music();
    private Optional<MediaEvent> firstPacket = Optional.empty();

    /** Plays a clip again and again, in place of any before it. */
    void play(MediaSession session, PlayOrder order) {
        music.play(session, order);
    }

    /** Takes what the media loop says before anybody runs the call. */
    void heard(MediaEvent event) {
        // Sound flows on agreed terms already: who runs the call is to know that the far end is heard.
        if (event instanceof MediaEvent.FirstPacketAfterAnswer) firstPacket = Optional.of(event);
    }

    /** The call is answered: what plays is over. */
    void answered(MediaSession session) {
        music.stop(session);
        session.expectAnew();
    }

    /** What was heard and is still to be told. */
    Optional<MediaEvent> missed() {
        return firstPacket;
    }
}

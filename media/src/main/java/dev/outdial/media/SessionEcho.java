package dev.outdial.media;

import dev.outdial.media.dtmf.Digits;
import java.util.Optional;
import java.util.function.Consumer;

/** One far end that hears itself. <b>Threading:</b> any; nothing waits. */
final class SessionEcho {
    private static final int KEY_PAUSE_MILLIS = 80;

    private final MediaSession session;
    private final boolean packets;
    private final LentSound sound;
    private final Consumer<MediaEvent> watcher = this::watch;

    SessionEcho(MediaSession session, boolean packets) {
        this.session = session;
        this.packets = packets;
        this.sound = session.lentSound();
    }

    void begin() {
        if (packets) {
            session.loop(Optional.of(new PacketLoop()));
            session.watch(watcher);
        } else {
            session.lend(sound);
            session.sendLive(sound);
        }
    }

    void end() {
        if (packets) {
            session.loop(Optional.empty());
            session.stopWatching(watcher);
        } else {
            session.stopLive(sound);
            session.takeBack(sound);
        }
    }

    /** Keys in the sound go back with it. */
    private void watch(MediaEvent event) {
        if (event instanceof MediaEvent.Digit key && key.source() == MediaEvent.DigitSource.TELEPHONE_EVENT) {
            int millis = Math.clamp(key.durationMillis(), Digits.MIN_MILLIS, Digits.MAX_MILLIS);
            session.sendDigitsBeforeClips(String.valueOf(key.digit()), millis, KEY_PAUSE_MILLIS);
        }
    }
}

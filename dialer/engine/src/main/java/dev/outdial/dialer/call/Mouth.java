package dev.outdial.dialer.call;

import dev.outdial.media.MediaSession;
import dev.outdial.media.rtp.EncodedClip;

/** What is said in a call goes out through it; {@link MediaSession} says what each method does. <b>Threading:</b> any thread. */
interface Mouth {
    long play(EncodedClip clip, int times, double volumeDb);

    void playBeneath(EncodedClip clip, double volumeDb);

    boolean takes(EncodedClip clip);

    void stopPlaying();

    void stopPlaying(long id);

    long sendDigits(String digits, int toneMillis, int pauseMillis);

    /** The one on the wire. */
    static Mouth of(MediaSession session) {
        return new Mouth() {
            @Override
            public long play(EncodedClip clip, int times, double volumeDb) {
                return session.play(clip, times, volumeDb);
            }

            @Override
            public void playBeneath(EncodedClip clip, double volumeDb) {
                session.playBeneath(clip, volumeDb);
            }

            @Override
            public boolean takes(EncodedClip clip) {
                return session.takes(clip);
            }

            @Override
            public void stopPlaying() {
                session.stopPlaying();
            }

            @Override
            public void stopPlaying(long id) {
                session.stopPlaying(id);
            }

            @Override
            public long sendDigits(String digits, int toneMillis, int pauseMillis) {
                return session.sendDigits(digits, toneMillis, pauseMillis);
            }
        };
    }
}

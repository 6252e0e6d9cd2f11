package dev.outdial.media.vad;

/**
 * Told by {@link VoiceActivity} where somebody speaks and where a tone sounds, in milliseconds since the sound's first sample. Each end
 * follows its beginning; a tone and a voice never sound at once.
 */
public interface VoiceListener {
    /**
     * Somebody began to speak. Told 50 to 200 ms later.
     *
     * @param levelDb how loud, in dB below a square wave of full scale
     */
    void voiceBegan(long beginMillis, double levelDb);

    /**
     * Who spoke made a pause of 50 ms or more, which may be one within a word.
     *
     * @param levelDb how loud at the loudest
     */
    void voiceEnded(long beginMillis, long endMillis, double levelDb);

    /**
     * A tone that neither rises nor swells began. Told 100 to 200 ms later.
     *
     * @param hertz its frequency, or that of the stronger of two
     * @param single whether it is one sine: two less than 60 Hz apart count as one
     */
    void toneBegan(long beginMillis, double hertz, boolean single);

    /** The tone is over. */
    void toneEnded(long beginMillis, long endMillis, double hertz, boolean single);
}

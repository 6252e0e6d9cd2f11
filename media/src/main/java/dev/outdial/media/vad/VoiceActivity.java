package dev.outdial.media.vad;

/**
 * Finds where somebody speaks in 8 kHz sound. A voice is louder than the background, which is learnt, and has a pitch: breath, hiss, hum,
 * clicks and comfort noise have none; a steady tone has one, but holds it too still. Music counts as a voice where it moves. Costs some
 * 10 us for 10 ms of sound, next to nothing for silence; deterministic; allocates nothing after construction (about 20 KB). Not for
 * finding out in which sample a word begins. <b>Threading:</b> one owner.
 *
 * <pre>
 *   10 ms    . . s s v v v v v v v s . . . . . . . .     . quiet   s sound without pitch   v voice
 *                |       ^ told that it began   ^ told that it ended
 *                begin                 end
 * </pre>
 */
public final class VoiceActivity {
    private static final int FRAME = 80;
    private static final int FRAME_MILLIS = 10;
    private static final double FULL_SCALE = 32768.0 * 32768.0;
    /** What is softer than a mean amplitude of about 100 is nobody's voice unless asked for. */
    private static final double USUAL_LEAST_DB = -50;

    private static final double ABOVE_FLOOR_DB = 7;
    /** What is so much softer than who spoke is not them. */
    private static final double BELOW_VOICE_DB = 24;

    /** Somebody whose loudest is so much softer speaks in another room, or on the television. */
    private static final double FARTHER_DB = 12;

    private static final double VOICE_FORGOTTEN_DB = 0.03;
    private static final double LEAST_PERIODICITY = 0.55;
    private static final int FRAMES_TO_BEGIN = 5;
    private static final int PAUSE_MILLIS = 50;
    /** A consonant without pitch before and after the vowel. */
    private static final int CONSONANT_MILLIS = 150;
    /** No consonant is so long: what has no pitch for so long is noise. */
    private static final int LONGEST_CONSONANT_MILLIS = 250;
    /** Somebody near the telephone begins to speak over somebody on the television. */
    private static final double NEARER_DB = 14;

    private static final int LEAST_FAR_MILLIS = 150;
    /** A tone is sure that much after it began, and its end seen that late: the window of the spectrum is 64 ms long. */
    private static final int TONE_KNOWN_AFTER_MILLIS = 140;

    /** Until then a tone looks like a vowel. */
    private static final int TONE_LIKELY_AFTER_MILLIS = 120;

    private static final int TONE_END_SEEN_AFTER_MILLIS = 30;
    private static final double MOST_SWAY_DB = 2.5;
    private static final int FRAMES_OF_STILLNESS = 40;
    private static final long NEVER = -1;

    private final VoiceListener listener;
    private final double leastDb;
    private final HighPass highPass = new HighPass();
    private final NoiseFloor floor = new NoiseFloor();
    private final SteadyTone tone = new SteadyTone();
    private final Periodicity periodicity = new Periodicity();
    private final float[] history = new float[Spectrum.SAMPLES];
    private int filled;
    private long frames;
    private double power1;
    private double power2;
    private double voiceDb = -200;

    private long begin = NEVER;
    private boolean told;
    private int voiced;
    private long firstVoiced;
    private long lastVoiced;
    private long lastActive;
    private double loudestDb;
    private double meanDb;
    private long toneBegin;
    private int still;
    private double softestDb;
    private double stillestDb;

    /** Hears what is at least as loud as -50 dB. */
    public VoiceActivity(VoiceListener listener) {
        this(listener, USUAL_LEAST_DB);
    }

    /** @param leastDb what is softer is nobody's voice, in dB below a square wave of full scale */
    public VoiceActivity(VoiceListener listener, double leastDb) {
        this.listener = listener;
        this.leastDb = leastDb;
    }

    /** Takes the next samples, as many as there are. */
    public void put(short[] samples, int count) {
        for (int i = 0; i < count; i++) {
            if (filled == 0) System.arraycopy(history, FRAME, history, 0, history.length - FRAME);
            history[history.length - FRAME + filled] = (float) highPass.filter(samples[i]);
            if (++filled == FRAME) {
                filled = 0;
                frames++;
                frame();
            }
        }
    }

    /** How much sound was taken, in whole hundredths of a second. */
    public long positionMillis() {
        return frames * FRAME_MILLIS;
    }

    private void frame() {
        double power = 0;
        for (int i = history.length - FRAME; i < history.length; i++) power += history[i] * history[i];
        power /= FRAME;
        double levelDb = db((power + power1 + power2) / 3);
        power2 = power1;
        power1 = power;
        floor.put(levelDb);
        voiceDb -= VOICE_FORGOTTEN_DB;
        double least = Math.max(Math.max(leastDb, floor.db() + ABOVE_FLOOR_DB), voiceDb - BELOW_VOICE_DB);
        boolean active = levelDb > least;
        findTone(active);
        watchStillness(active, levelDb);
        if (tone.isSounding()) return;
        if (active) sound(levelDb);
        else if (begin != NEVER && positionMillis() - lastActive >= PAUSE_MILLIS) end(lastActive);
    }

    private void findTone(boolean active) {
        SteadyTone.Change change = SteadyTone.Change.NONE;
        if (!active) change = tone.quiet();
        else if (frames % 2 == 0) change = tone.step(history);
        switch (change) {
            case BEGAN -> {
                toneBegin = Math.max(0, positionMillis() - TONE_KNOWN_AFTER_MILLIS);
                if (begin != NEVER) end(Math.min(lastVoiced, toneBegin));
                listener.toneBegan(toneBegin, tone.hertz(), tone.single());
            }
            case ENDED ->
                listener.toneEnded(
                        toneBegin, positionMillis() - TONE_END_SEEN_AFTER_MILLIS, tone.hertz(), tone.single());
            case NONE -> {}
        }
    }

    /** What stays as loud as it is, is a machine's hum and the like, however periodic: the background. */
    private void watchStillness(boolean active, double levelDb) {
        softestDb = still == 0 ? levelDb : Math.min(softestDb, levelDb);
        stillestDb = still == 0 ? levelDb : Math.max(stillestDb, levelDb);
        still = active && stillestDb - softestDb <= MOST_SWAY_DB ? still + 1 : 0;
        if (still < FRAMES_OF_STILLNESS) return;
        still = 0;
        if (tone.isSounding()) return;
        floor.learn(levelDb);
        if (begin != NEVER) end(positionMillis() - FRAMES_OF_STILLNESS * FRAME_MILLIS);
    }

    private void sound(double levelDb) {
        long now = positionMillis();
        boolean hasPitch = periodicity.of(history) >= LEAST_PERIODICITY && !tone.isLikely();
        if (begin != NEVER && told && hasPitch && levelDb > meanDb + NEARER_DB && now - begin >= LEAST_FAR_MILLIS)
            end(now - FRAME_MILLIS);
        if (begin == NEVER) begin(now, levelDb);
        lastActive = now;
        loudestDb = Math.max(loudestDb, levelDb);
        if (hasPitch) {
            if (voiced++ == 0) {
                firstVoiced = now;
                meanDb = levelDb;
            }
            meanDb += (levelDb - meanDb) / Math.min(voiced, 50);
            lastVoiced = now;
        } else if (now - lastVoiced >= LONGEST_CONSONANT_MILLIS) {
            end(lastVoiced);
            floor.learn(levelDb);
        }
        if (!told && now - firstVoiced >= TONE_LIKELY_AFTER_MILLIS && !tone.isLikely()) tell();
        if (told && hasPitch) voiceDb = Math.max(voiceDb, levelDb);
    }

    /** Somebody speaks, if that is what it is. */
    private void tell() {
        if (voiced < FRAMES_TO_BEGIN || loudestDb < voiceDb - FARTHER_DB) return;
        told = true;
        begin = Math.max(begin, firstVoiced - FRAME_MILLIS - CONSONANT_MILLIS);
        listener.voiceBegan(begin, loudestDb);
        voiceDb = Math.max(voiceDb, loudestDb);
    }

    private void begin(long now, double levelDb) {
        begin = now - FRAME_MILLIS;
        told = false;
        voiced = 0;
        lastVoiced = now;
        loudestDb = levelDb;
    }

    private void end(long atMillis) {
        if (!told && !tone.isSounding()) tell(); // a short word
        if (told)
            listener.voiceEnded(begin, Math.max(begin, Math.min(atMillis, lastVoiced + CONSONANT_MILLIS)), loudestDb);
        begin = NEVER;
        told = false;
        voiced = 0;
    }

    private static double db(double power) {
        return 10 * Math.log10(power / FULL_SCALE + 1e-12);
    }
}

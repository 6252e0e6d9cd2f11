package dev.outdial.media.tone;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Hears the tones of the network and of machines in 8 kHz sound: ringback, busy and congestion of a country, special information
 * tones, fax machines and modems, and the beeps of answering machines. Not for keys, which {@link DtmfDetector} hears.
 *
 * <p>The sound is judged in frames of 20 ms: which of the country's sounds fills it, and which sine. How frames follow one another
 * makes bursts, how bursts do makes tones. Deterministic: time is the number of samples. Allocates nothing but where a tone
 * begins or ends; silence costs next to nothing. <b>Threading:</b> one owner.
 */
public final class ToneDetector {
    static final int FRAME_SAMPLES = 160;
    private static final int FRAME_MILLIS = 20;
    /** Sound below is silence: a sine of -42 dBm0 is above. */
    private static final double LEAST_POWER = power(-45);

    // ITU-T V.25: 2100 Hz, 15 beside, its phase reversed every 450 ms; V.8: and swelling by a fifth to either side.
    private static final double ANSWER_HERTZ = 2100;
    private static final double ANSWER_OFF_HERTZ = 22;
    private static final int ANSWER_MILLIS = 1000;
    private static final double SWELLING_DB = 1.5;

    private final ToneListener listener;
    private final float[] frame = new float[FRAME_SAMPLES];
    private final SineFit sine = new SineFit(FRAME_SAMPLES);
    private final Signals signals;
    private final SignalTrack progress;
    private final BurstTrack bursts = new BurstTrack(FRAME_MILLIS);
    private BurstMachine machine;
    private int filled;
    private long frames;
    /** Where the sine began that was told of while it sounded. */
    private long toldOfMillis = Long.MIN_VALUE;

    /**
     * A detector at the beginning of its sound.
     *
     * @param tones whose call-progress tones to hear
     */
    public ToneDetector(ProgressTones tones, ToneListener listener) {
        this.listener = listener;
        this.signals = Signals.of(tones, FRAME_SAMPLES);
        List<List<ProgressTone>> bySignal =
                IntStream.range(0, signals.count()).mapToObj(signals::tones).toList();
        this.progress = new SignalTrack(FRAME_MILLIS, bySignal, listener::heard);
        this.machine = BurstMachine.hearing(tones);
    }

    private static double power(double dbm0) {
        double amplitude = Math.pow(10, (dbm0 - Tone.FULL_SCALE_DBM0) / 20) * Short.MAX_VALUE;
        return amplitude * amplitude / 2;
    }

    /** Takes the next samples, as many as there are. */
    public void put(short[] samples, int count) {
        for (int i = 0; i < count; i++) {
            frame[filled++] = samples[i];
            if (filled == FRAME_SAMPLES) {
                filled = 0;
                judge();
            }
        }
    }

    /** How much sound was heard until now: what {@link ToneEvent}s are timed by. */
    public long millis() {
        return frames * FRAME_MILLIS + filled / 8;
    }

    /** The sound is over. */
    public void finish() {
        bursts.finish().ifPresent(this::over);
        filled = 0;
    }

    private void judge() {
        long at = frames++ * FRAME_MILLIS;
        double energy = energy();
        double power = energy / FRAME_SAMPLES;
        if (power < LEAST_POWER) {
            progress.put(Signals.NONE, 0, at);
            burst(0, 0, 0, 0, at);
            return;
        }
        int before = progress.signal();
        boolean goesOn = before != Signals.NONE && signals.goesOn(frame, energy, before);
        progress.put(goesOn ? before : signals.find(frame, energy), power, at);
        sine.look(frame);
        burst(sine.hertz(), sine.energy() / energy, sine.phase(), power, at);
        answer();
    }

    private double energy() {
        float even = 0;
        float odd = 0;
        for (int i = 0; i < FRAME_SAMPLES; i += 2) {
            even += frame[i] * frame[i];
            odd += frame[i + 1] * frame[i + 1];
        }
        return even + odd;
    }

    private void burst(double hertz, double share, double phase, double power, long at) {
        Optional<Burst> over = bursts.put(hertz, share, phase, power, at);
        if (over.isPresent()) over(over.get());
    }

    private void over(Burst burst) {
        if (burst.beginMillis() == toldOfMillis) return;
        BurstMachine.Step step = machine.over(burst);
        machine = step.next();
        step.heard().ifPresent(listener::heard);
    }

    /** What answers with 2100 Hz does so for seconds, and is told of before that is over. */
    private void answer() {
        if (!bursts.isSounding()
                || bursts.beginMillis() == toldOfMillis
                || bursts.endMillis() - bursts.beginMillis() < ANSWER_MILLIS
                || Math.abs(bursts.hertz() - ANSWER_HERTZ) > ANSWER_OFF_HERTZ) return;
        toldOfMillis = bursts.beginMillis();
        listener.heard(
                bursts.reversals() > 0
                        ? new ToneEvent.Modem(bursts.spreadDb() > SWELLING_DB, bursts.beginMillis(), bursts.endMillis())
                        : new ToneEvent.FaxAnswer(bursts.beginMillis(), bursts.endMillis()));
    }
}

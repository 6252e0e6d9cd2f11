package dev.outdial.media.tone;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A sound that is put together piece by piece. One owner. */
final class Sketch {
    private double[] sound = new double[0];

    /** So many milliseconds of silence. */
    Sketch pause(int millis) {
        sound = Arrays.copyOf(sound, sound.length + millis * 8);
        return this;
    }

    /** Sines together, each at that level. */
    Sketch tone(int millis, double dbm0, double... hertz) {
        int from = sound.length;
        pause(millis);
        for (double f : hertz)
            for (int i = from; i < sound.length; i++)
                sound[i] += Line.amplitude(dbm0) * Math.sin(2 * Math.PI * f * i / 8000);
        return this;
    }

    /** A sine whose amplitude another one modulates. */
    Sketch modulated(int millis, double dbm0, double carrier, double modulation, double depth) {
        int from = sound.length;
        pause(millis);
        for (int i = from; i < sound.length; i++)
            sound[i] = Line.amplitude(dbm0)
                    * (1 + depth * Math.sin(2 * Math.PI * modulation * i / 8000))
                    * Math.sin(2 * Math.PI * carrier * i / 8000);
        return this;
    }

    /** 2100 Hz whose phase is reversed every 450 ms and which may swell at 15 Hz by a fifth (V.25, V.8). */
    Sketch answerTone(int millis, double dbm0, boolean swelling) {
        int from = sound.length;
        pause(millis);
        for (int i = from; i < sound.length; i++) {
            double sign = (i - from) / 3600 % 2 == 0 ? 1 : -1;
            double swell = swelling ? 1 + 0.2 * Math.sin(2 * Math.PI * 15 * i / 8000) : 1;
            sound[i] = sign * swell * Line.amplitude(dbm0) * Math.sin(2 * Math.PI * 2100 * i / 8000);
        }
        return this;
    }

    Sketch sound(short[] samples) {
        int from = sound.length;
        sound = Arrays.copyOf(sound, from + samples.length);
        for (int i = 0; i < samples.length; i++) sound[from + i] = samples[i];
        return this;
    }

    /** Turns of a country's tone. */
    Sketch turns(ProgressTone tone, int turns, double dbm0) {
        double[] hertz = tone.hertz().stream().mapToDouble(Double::doubleValue).toArray();
        for (int turn = 0; turn < turns; turn++)
            for (int i = 0; i < tone.cadenceMillis().size(); i += 2) {
                int millis = tone.cadenceMillis().get(i);
                // Three frequencies are a carrier and what modulates it: two of 25 Hz beside 400 are 400 modulated by
                // 25.
                if (hertz.length == 3) modulated(millis, dbm0, hertz[1], hertz[2] - hertz[1], 0.9);
                else tone(millis, hertz.length == 2 ? dbm0 - 3 : dbm0, hertz);
                pause(tone.cadenceMillis().get(i + 1));
            }
        return this;
    }

    int millis() {
        return sound.length / 8;
    }

    short[] samples() {
        var samples = new short[sound.length];
        for (int i = 0; i < samples.length; i++) samples[i] = Line.saturated(sound[i]);
        return samples;
    }

    /** What a detector hears in a sound. */
    static List<ToneEvent> heard(ProgressTones tones, short[]... sounds) {
        var events = Stream.<ToneEvent>builder();
        var detector = new ToneDetector(tones, events::add);
        for (short[] sound : sounds)
            for (int at = 0; at < sound.length; at += 160)
                detector.put(
                        Arrays.copyOfRange(sound, at, Math.min(at + 160, sound.length)),
                        Math.min(160, sound.length - at));
        detector.finish();
        return events.build().toList();
    }
}

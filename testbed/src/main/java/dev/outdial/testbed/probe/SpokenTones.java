package dev.outdial.testbed.probe;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads tone-coded speech in 8 kHz sound: a tone of 3100 Hz, then eight of 500 + 150 n Hz, each 60 ms long with 20 ms of silence
 * after it; n is a half-byte of the SHA-256 of the words. Pure functions.
 */
public final class SpokenTones {
    private static final int STEP_SAMPLES = 640;
    private static final int WINDOW_SAMPLES = 320;
    private static final int HOP_SAMPLES = 40;
    private static final int SYMBOLS = 8;
    private static final double LEAST_RMS = 50;
    /** The share of a window's power that a lone tone has, even after G.711. */
    private static final double LEAST_SHARE = 0.85;

    private SpokenTones() {}

    /** What words are heard as: eight hexadecimal digits. */
    public static String code(String words) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(words.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, SYMBOLS / 2);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Words in the sound.
     *
     * @param code what they are heard as
     * @param startMillis where in the sound they begin, to 10 ms or so
     */
    public record Spoken(String code, long startMillis) {}

    /** The codes in the sound, in their order. */
    public static List<String> codes(short[] pcm) {
        return spoken(pcm).stream().map(Spoken::code).toList();
    }

    /** The words in the sound, in their order. */
    public static List<Spoken> spoken(short[] pcm) {
        var spoken = new ArrayList<Spoken>();
        for (int at = 0; at + WINDOW_SAMPLES <= pcm.length; ) {
            int begin = loudestBegin(pcm, at);
            Optional<String> code = begin < 0 ? Optional.empty() : codeAfter(pcm, begin);
            code.ifPresent(heard -> spoken.add(new Spoken(heard, begin / 8)));
            at = code.isPresent() ? begin + SYMBOLS * STEP_SAMPLES : at + HOP_SAMPLES;
        }
        return List.copyOf(spoken);
    }

    /** Where in the tone that begins here the window lies best; -1 when none does. */
    private static int loudestBegin(short[] pcm, int from) {
        if (share(3100, pcm, from) < LEAST_SHARE) return -1;
        int best = from;
        for (int at = from; at < from + WINDOW_SAMPLES && at + WINDOW_SAMPLES <= pcm.length; at += HOP_SAMPLES)
            if (power(3100, pcm, at) > power(3100, pcm, best)) best = at;
        return best;
    }

    private static Optional<String> codeAfter(short[] pcm, int begin) {
        var code = new StringBuilder();
        for (int symbol = 1; symbol <= SYMBOLS; symbol++) {
            int at = begin + symbol * STEP_SAMPLES;
            if (at + WINDOW_SAMPLES > pcm.length) return Optional.empty();
            int best = 0;
            for (int n = 1; n < 16; n++) if (power(500 + 150 * n, pcm, at) > power(500 + 150 * best, pcm, at)) best = n;
            if (share(500 + 150 * best, pcm, at) < LEAST_SHARE) return Optional.empty();
            code.append(String.format(Locale.ROOT, "%x", best));
        }
        return Optional.of(code.toString());
    }

    private static double share(int hertz, short[] pcm, int from) {
        double energy = 0;
        for (int i = from; i < from + WINDOW_SAMPLES; i++) energy += (double) pcm[i] * pcm[i];
        double mean = energy / WINDOW_SAMPLES;
        return mean < LEAST_RMS * LEAST_RMS ? 0 : power(hertz, pcm, from) / mean;
    }

    /** The mean square of the tone in the window. */
    private static double power(int hertz, short[] pcm, int from) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < WINDOW_SAMPLES; i++) {
            double angle = 2 * Math.PI * hertz * i / 8000;
            re += pcm[from + i] * Math.cos(angle);
            im += pcm[from + i] * Math.sin(angle);
        }
        return 2 * (re * re + im * im) / ((double) WINDOW_SAMPLES * WINDOW_SAMPLES);
    }
}

package dev.outdial.media.tone;

import static dev.outdial.media.tone.ProgressTone.Meaning.BUSY;
import static dev.outdial.media.tone.ProgressTone.Meaning.CONGESTION;
import static dev.outdial.media.tone.ProgressTone.Meaning.RINGBACK;

import dev.outdial.media.tone.ProgressTone.Meaning;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The call-progress tones of a country, as ITU-T E.180 Supplement 2 (tones in national networks) and the lists made from it give
 * them; several where networks of the country differ. What a country has nothing of its own for, GSM and ETSI networks give as
 * 425 Hz (ETSI TR 101 041, 3GPP TS 22.001).
 *
 * @param country ISO 3166 code in capitals, {@code ETSI} for those networks, {@code NONE} for no tones at all
 * @param tones the tones; of two that sound alike the first is heard
 */
public record ProgressTones(String country, List<ProgressTone> tones) {
    /** No tones of any country: what is the same all over the world is heard all the same. */
    public static final ProgressTones NONE = new ProgressTones("NONE", List.of());

    private static final Map<String, ProgressTones> BY_COUNTRY = new TreeMap<>();

    static {
        var ring1 = tone(RINGBACK, 1000, 4000).at(425);
        var busy05 = tone(BUSY, 500, 500).at(425);
        var congestion02 = tone(CONGESTION, 200, 200).at(425);
        var congestion025 = tone(CONGESTION, 250, 250).at(425);
        add("ETSI", ring1, busy05, congestion02, congestion025);
        for (String northAmerican : new String[] {"US", "CA"})
            add(
                    northAmerican,
                    tone(RINGBACK, 2000, 4000).at(440, 480),
                    tone(RINGBACK, 1000, 3000).at(440, 480),
                    tone(BUSY, 500, 500).at(480, 620),
                    tone(CONGESTION, 250, 250).at(480, 620));
        add(
                "GB",
                tone(RINGBACK, 400, 200, 400, 2000).at(400, 450),
                tone(BUSY, 375, 375).at(400),
                tone(CONGESTION, 400, 350, 225, 525).at(400));
        add(
                "DE",
                ring1,
                tone(RINGBACK, 1000, 5000).at(425),
                tone(BUSY, 480, 480).at(425),
                tone(CONGESTION, 240, 240).at(425));
        add(
                "FR",
                tone(RINGBACK, 1500, 3500).at(440),
                tone(BUSY, 500, 500).at(440),
                tone(CONGESTION, 250, 250).at(440));
        add("IT", ring1, busy05, congestion02);
        add(
                "ES",
                tone(RINGBACK, 1500, 3000).at(425),
                tone(BUSY, 200, 200).at(425),
                tone(CONGESTION, 200, 200, 200, 200, 200, 600).at(425));
        add(
                "IN",
                tone(RINGBACK, 400, 200, 400, 2000).at(375, 400, 425),
                tone(BUSY, 750, 750).at(400),
                tone(CONGESTION, 250, 250).at(400));
        // Congestion is as busy is.
        add(
                "JP",
                tone(RINGBACK, 1000, 2000).at(384, 400, 416),
                tone(BUSY, 500, 500).at(400));
        // Congestion is as busy is, each other burst fainter.
        add(
                "AU",
                tone(RINGBACK, 400, 200, 400, 2000).at(413, 438),
                tone(BUSY, 375, 375).at(425));
        add(
                "BR",
                ring1,
                tone(BUSY, 250, 250).at(425),
                tone(CONGESTION, 250, 250, 750, 250).at(425));
        add("SA", tone(RINGBACK, 1200, 4600).at(425), ring1, busy05, congestion025);
        // The list has a busy tone of 1 s every 5 for Egypt: everywhere else that is ringback, as mobile networks there
        // have it.
        add(
                "EG",
                tone(RINGBACK, 2000, 1000).at(375, 425, 475),
                ring1,
                busy05,
                tone(CONGESTION, 500, 500).at(450),
                congestion02);
        add(
                "AE",
                tone(RINGBACK, 400, 200, 400, 2000).at(400, 450),
                tone(RINGBACK, 400, 200, 400, 2000).at(425),
                tone(BUSY, 375, 375).at(400),
                tone(CONGESTION, 400, 350, 225, 525).at(400),
                tone(BUSY, 375, 375).at(425),
                tone(CONGESTION, 400, 350, 225, 525).at(425));
    }

    /** Copies the list. */
    public ProgressTones {
        tones = List.copyOf(tones);
    }

    /**
     * The tones of a country.
     *
     * @param country ISO 3166 code of two letters, {@code UK}, {@code ETSI} or {@code NONE}, in capitals or not
     * @throws IllegalArgumentException where they are not known, naming those that are
     */
    public static ProgressTones of(String country) {
        String code = country.toUpperCase(Locale.ROOT);
        if (code.equals("NONE")) return NONE;
        ProgressTones known = BY_COUNTRY.get(code.equals("UK") ? "GB" : code);
        if (known == null)
            throw new IllegalArgumentException("tones of " + country + " are not known, those of "
                    + String.join(", ", BY_COUNTRY.keySet()) + " are; ETSI is right for most others");
        return known;
    }

    /** The codes whose tones are known. */
    public static Set<String> countries() {
        return Set.copyOf(BY_COUNTRY.keySet());
    }

    private static void add(String country, ProgressTone... tones) {
        BY_COUNTRY.put(country, new ProgressTones(country, List.of(tones)));
    }

    /** A cadence that has no frequencies yet. */
    private record Cadence(Meaning meaning, List<Integer> millis) {
        ProgressTone at(double... hertz) {
            return new ProgressTone(meaning, Arrays.stream(hertz).boxed().toList(), millis);
        }
    }

    private static Cadence tone(Meaning meaning, Integer... millis) {
        return new Cadence(meaning, List.of(millis));
    }
}

package dev.outdial.media.tone;

/** The pair of frequencies that each key has (ITU-T Q.23). */
public final class DtmfTones {
    /** The rows of the keypad from the top, the columns from the left. */
    static final double[] ROW_HERTZ = {697, 770, 852, 941};

    static final double[] COLUMN_HERTZ = {1209, 1336, 1477, 1633};
    private static final String KEYPAD = "123A456B789C*0#D";

    /** Lines dampen what is high: the columns are sent 2 dB louder, as telephones do. */
    private static final double ROW_DBM0 = -8;

    private static final double COLUMN_DBM0 = -6;
    private static final Tone[] TONES = new Tone[KEYPAD.length()];

    static {
        for (int i = 0; i < TONES.length; i++)
            TONES[i] = new Tone(ROW_HERTZ[i / 4], ROW_DBM0, COLUMN_HERTZ[i % 4], COLUMN_DBM0);
    }

    private DtmfTones() {}

    /**
     * How a key sounds.
     *
     * @param digit 0-9, *, #, A-D
     */
    public static Tone of(char digit) {
        int key = KEYPAD.indexOf(digit);
        if (key < 0) throw new IllegalArgumentException("'" + digit + "', expected one of " + KEYPAD);
        return TONES[key];
    }

    static char digit(int row, int column) {
        return KEYPAD.charAt(4 * row + column);
    }
}

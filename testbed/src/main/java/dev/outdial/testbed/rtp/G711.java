package dev.outdial.testbed.rtp;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * The two laws of ITU-T G.711. Decoding follows the standard's formula; encoding takes the octet whose decoded value is
 * nearest, so that it can only be wrong where decoding is.
 */
@SuppressWarnings("ImmutableEnumChecker") // its tables are written by the constructor only and never handed out
public enum G711 {
    /** Mu-law, payload type 0. */
    MU_LAW("PCMU", 0, 0xFF, G711::muLaw),
    /** A-law, payload type 8. */
    A_LAW("PCMA", 8, 0xD5, G711::aLaw);

    private final String encodingName;
    private final int payloadType;
    private final byte silence;
    private final short[] decoded = new short[256];
    private final byte[] encoded = new byte[65_536];

    G711(String encodingName, int payloadType, int silence, IntUnaryOperator law) {
        this.encodingName = encodingName;
        this.payloadType = payloadType;
        this.silence = (byte) silence;
        for (int octet = 0; octet < 256; octet++) decoded[octet] = (short) law.applyAsInt(octet);
        // Between two values that are equally near the upper is taken; mu-law's two zeros are sorted so that silence is
        // the upper.
        var octets = IntStream.range(0, 256)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(o -> decoded[o]).thenComparing(o -> o == silence))
                .mapToInt(Integer::intValue)
                .toArray();
        int at = 0;
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            while (at < 255 && distance(octets[at + 1], sample) <= distance(octets[at], sample)) at++;
            encoded[sample & 0xFFFF] = (byte) octets[at];
        }
    }

    private int distance(int octet, int sample) {
        return Math.abs(decoded[octet] - sample);
    }

    private static int muLaw(int octet) {
        int v = ~octet & 0xFF;
        int magnitude = ((((v & 0x0F) << 3) + 132) << ((v >> 4) & 7)) - 132;
        return (v & 0x80) != 0 ? -magnitude : magnitude;
    }

    private static int aLaw(int octet) {
        int v = octet ^ 0x55;
        int segment = (v >> 4) & 7;
        int step = (v & 0x0F) << 4;
        int magnitude = segment == 0 ? step + 8 : (step + 0x108) << (segment - 1);
        return (v & 0x80) != 0 ? magnitude : -magnitude;
    }

    /** The law of a static payload type. */
    public static Optional<G711> ofPayloadType(int payloadType) {
        return Arrays.stream(values()).filter(g -> g.payloadType == payloadType).findFirst();
    }

    /** {@code PCMU} or {@code PCMA}. */
    public String encodingName() {
        return encodingName;
    }

    /** The static payload type of RFC 3551. */
    public int payloadType() {
        return payloadType;
    }

    /** The octet of digital silence. */
    public byte silence() {
        return silence;
    }

    /** Decodes one octet to 16-bit linear PCM. */
    public short decode(byte octet) {
        return decoded[octet & 0xFF];
    }

    /** Encodes one sample of 16-bit linear PCM. */
    public byte encode(short sample) {
        return encoded[sample & 0xFFFF];
    }

    /** Decodes octets. */
    public short[] decode(byte[] octets) {
        var pcm = new short[octets.length];
        for (int i = 0; i < pcm.length; i++) pcm[i] = decode(octets[i]);
        return pcm;
    }

    /** Encodes samples. */
    public byte[] encode(short[] pcm) {
        var octets = new byte[pcm.length];
        for (int i = 0; i < pcm.length; i++) octets[i] = encode(pcm[i]);
        return octets;
    }
}

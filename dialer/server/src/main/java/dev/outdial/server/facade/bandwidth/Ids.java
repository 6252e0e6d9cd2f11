package dev.outdial.server.facade.bandwidth;

import dev.outdial.server.facade.HandedOut;
import java.math.BigInteger;
import java.util.Optional;
import java.util.UUID;

/**
 * Our ids as this API writes them: a word of the kind, a hyphen, and 24 small letters and digits, which are the 122 random bits of the
 * UUID (RFC 9562, version 4). Nothing is stored for it. Pure.
 */
final class Ids {
    static final String CALL = "c-";
    static final String GATHER = "g-";
    static final String RECORDING = "rec-";
    static final String EVENT = "ce-";
    static final String BRIDGE = "brg-";
    static final String APPLICATION = "a-";
    static final String NUMBER = "n-";

    private static final int RADIX = 36;
    private static final int LENGTH = 24;
    private static final BigInteger END = BigInteger.ONE.shiftLeft(122);
    private static final long VERSION = 0x4000L;
    private static final long VARIANT = 1L << 63;

    private Ids() {}

    /** The id of something of ours, which is a UUID of version 4. */
    static String of(String kind, String uuid) {
        UUID id = UUID.fromString(uuid);
        long high = id.getMostSignificantBits();
        long low = id.getLeastSignificantBits();
        // 60 bits beside the version, then 62 after the variant
        long first = high >>> 16 << 12 | high & 0xfff;
        long second = low & 0x3fff_ffff_ffff_ffffL;
        String digits = BigInteger.valueOf(first)
                .shiftLeft(62)
                .or(BigInteger.valueOf(second))
                .toString(RADIX);
        return kind + "0".repeat(LENGTH - digits.length()) + digits;
    }

    /** Ours; empty where this is no id of that kind. */
    static Optional<String> read(String kind, String id) {
        if (!id.matches(kind + "[0-9a-z]{" + LENGTH + "}")) return Optional.empty();
        BigInteger all = new BigInteger(id.substring(kind.length()), RADIX);
        if (all.compareTo(END) >= 0) return Optional.empty();
        long first = all.shiftRight(62).longValueExact();
        long second = all.mod(BigInteger.ONE.shiftLeft(62)).longValueExact();
        return Optional.of(new UUID(first >>> 12 << 16 | VERSION | first & 0xfff, VARIANT | second).toString());
    }

    /** The user of an account: {@code u-} and the account's number in small letters and digits; {@code u-1} for the first. */
    static String user(String account) {
        return HandedOut.bandwidthUser(account);
    }
}

package dev.outdial.media.sdp;

import dev.outdial.media.srtp.SrtpKey;
import dev.outdial.media.srtp.SrtpSuite;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what stands after {@code a=crypto:} in one line (RFC 4568 section 9.1); used once. */
final class CryptoReader {
    private static final Pattern SPACES = Pattern.compile("[ \\t]+");
    private static final Pattern LIFETIME = Pattern.compile("2\\^[0-9]{1,2}|[0-9]{1,15}");
    /** No base64 has an underscore. */
    private static final Pattern SUITE_NAME = Pattern.compile("[A-Z0-9]{1,20}(_[A-Z0-9]{1,20}){1,10}");

    private static final Pattern PARAMETER =
            Pattern.compile("(?i)KDR|UNENCRYPTED_SRTP|UNENCRYPTED_SRTCP|UNAUTHENTICATED_SRTP|FEC_ORDER|FEC_KEY");
    private static final String INLINE = "inline:";
    private static final int KEY_BYTES = SrtpSuite.KEY_BYTES + SrtpSuite.SALT_BYTES;

    private final String[] words;

    CryptoReader(String value) {
        words = SPACES.split(value.strip(), -1);
    }

    CryptoAttribute read() {
        if (words.length < 3) return new CryptoAttribute.Unusable("has no key");
        int tag = Numeric.whole(words[0]);
        if (tag < 0) return new CryptoAttribute.Unusable("has no tag");
        Optional<SrtpSuite> suite = suite(words[1]);
        if (suite.isEmpty())
            return new CryptoAttribute.Unusable("wants the suite " + named(words[1], SUITE_NAME, "of another name"));
        for (int i = 3; i < words.length; i++)
            if (!isHarmless(words[i]))
                return new CryptoAttribute.Unusable(
                        "wants " + named(words[i].split("=", 2)[0], PARAMETER, "a parameter that is not known here"));
        return key(tag, suite.get(), words[2]);
    }

    /** A word as it may be shown: one that is not what it should be here may be the key. */
    private static String named(String word, Pattern pattern, String otherwise) {
        return pattern.matcher(word).matches() ? word : otherwise;
    }

    private static Optional<SrtpSuite> suite(String name) {
        for (SrtpSuite suite : SrtpSuite.values()) if (suite.name().equalsIgnoreCase(name)) return Optional.of(suite);
        return Optional.empty();
    }

    /**
     * Whether a session parameter leaves the packets as they are: a hint at the window size, and what begins with a hyphen
     * and so need not be understood (RFC 4568 sections 6.3.6 and 6.3.7).
     */
    private static boolean isHarmless(String parameter) {
        return parameter.isEmpty()
                || parameter.startsWith("-")
                || parameter.toUpperCase(Locale.ROOT).startsWith("WSH=");
    }

    private static CryptoAttribute key(int tag, SrtpSuite suite, String text) {
        if (text.indexOf(';') >= 0) return new CryptoAttribute.Unusable("has several keys");
        if (!text.regionMatches(true, 0, INLINE, 0, INLINE.length()))
            return new CryptoAttribute.Unusable("has no inline key");
        String[] parts = text.substring(INLINE.length()).split("\\|", -1);
        // The lifetime can be left out and the MKI be there (RFC 4568 section 6.1).
        boolean plain = parts.length == 1
                || parts.length == 2 && LIFETIME.matcher(parts[1]).matches();
        if (!plain) return new CryptoAttribute.Unusable("wants a master key identifier");
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(withoutPadding(parts[0]));
        } catch (IllegalArgumentException e) {
            // Its message would show a part of the key.
            return new CryptoAttribute.Unusable("has a key that is not base64");
        }
        if (bytes.length != KEY_BYTES)
            return new CryptoAttribute.Unusable(
                    "has a key and salt of " + bytes.length + " bytes, expected " + KEY_BYTES);
        return new CryptoAttribute.Usable(tag, SrtpKey.of(suite, bytes));
    }

    private static String withoutPadding(String base64) {
        int end = base64.length();
        while (end > 0 && base64.charAt(end - 1) == '=') end--;
        return base64.substring(0, end);
    }
}

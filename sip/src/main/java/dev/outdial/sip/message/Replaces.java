package dev.outdial.sip.message;

import java.util.Optional;

/**
 * Which dialog an INVITE is to take the place of (RFC 3891), as the one sees it who is sent that INVITE.
 *
 * @param callId its Call-ID
 * @param toTag the tag of who is sent the INVITE; {@code 0} where it has none (RFC 2543)
 * @param fromTag the tag of the far end; {@code 0} where it has none
 * @param earlyOnly whether it is to be replaced only as long as it is not answered
 */
public record Replaces(String callId, String toTag, String fromTag, boolean earlyOnly) {
    private static final int LONGEST = 1024;
    private static final String NO_TAG = "0";

    /** Refuses what is no dialog's name. */
    public Replaces {
        if (callId.isEmpty() || callId.indexOf(';') >= 0 || toTag.isEmpty() || fromTag.isEmpty()) {
            throw new IllegalArgumentException("a Call-ID and two tags are expected");
        }
        Text.withoutControls("the Replaces value", callId + toTag + fromTag);
    }

    /** A confirmed dialog. */
    public static Replaces of(String callId, String toTag, String fromTag) {
        return new Replaces(callId, orNone(toTag), orNone(fromTag), false);
    }

    private static String orNone(String tag) {
        return tag.isEmpty() ? NO_TAG : tag;
    }

    /** Reads the value of a Replaces header; empty where it names no dialog. Never throws. */
    public static Optional<Replaces> parse(String value) {
        int end = value.indexOf(';');
        if (end < 0 || value.length() > LONGEST) return Optional.empty();
        var parameters = Parameters.parse(value.substring(end), ';');
        try {
            return Optional.of(new Replaces(
                    value.substring(0, end).strip(),
                    parameters.getOrDefault("to-tag", ""),
                    parameters.getOrDefault("from-tag", ""),
                    parameters.containsKey("early-only")));
        } catch (IllegalArgumentException noDialog) {
            return Optional.empty();
        }
    }

    /** Whether a dialog with those tags is meant: ours is the {@code localTag}. */
    public boolean means(String itsCallId, String localTag, String remoteTag) {
        return callId.equals(itsCallId) && isSame(toTag, localTag) && isSame(fromTag, remoteTag);
    }

    // RFC 3891 section 3: 0 stands for a tag of 0 and for none.
    private static boolean isSame(String named, String tag) {
        return named.equals(orNone(tag));
    }

    /** The value of the header. */
    @Override
    public String toString() {
        return callId + ";to-tag=" + toTag + ";from-tag=" + fromTag + (earlyOnly ? ";early-only" : "");
    }
}

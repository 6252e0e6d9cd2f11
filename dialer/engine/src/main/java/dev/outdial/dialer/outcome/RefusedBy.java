package dev.outdial.dialer.outcome;

import java.util.OptionalInt;

/**
 * Whose word it was that a call was not answered, as far as the wire tells it. The rule, in this order:
 *
 * <ol>
 *   <li>608 (RFC 8688) and a 603 whose phrase is "Network Blocked" (ATIS-1000099) are the network's; 607 (RFC 8197), 486 and 600
 *       are the callee's.
 *   <li>A Q.850 cause in the response's Reason header (RFC 3326): 17 to 20 and 26 speak of the callee; 21 does, where the status is
 *       603 (RFC 3398 section 7.2.4.1: the location is the user) or it has rung; routes, numbers, circuits, congestion and services
 *       (1 to 3, 5, 22, 25, 27 to 30, 34 to 63, 65 to 87, 91 to 102) are the network's.
 *   <li>603 without a cause is the callee's, and so is 480 after ringing. Without ringing 401 to 405, 407, 410, 482 to 485, 500 to 505 and 604 are
 *       the network's.
 *   <li>Nothing else tells.
 * </ol>
 */
public enum RefusedBy {
    /** The callee, or the callee's telephone. */
    CALLEE("callee"),
    /** The trunk, or a network on the way. */
    CARRIER("carrier"),
    /** A response that both give. */
    UNKNOWN("unknown");

    private static final String BLOCKED = "Network Blocked";

    private final String word;

    RefusedBy(String word) {
        this.word = word;
    }

    /** The word used in JSON, logs and documents. */
    public String word() {
        return word;
    }

    /**
     * Reads a final response.
     *
     * @param status 300 to 699
     * @param phrase its reason phrase
     * @param reasonCause the Q.850 cause of its Reason header
     * @param hasRung whether a ringing response came before
     */
    public static RefusedBy of(int status, String phrase, OptionalInt reasonCause, boolean hasRung) {
        return switch (status) {
            case 486, 600, 607 -> CALLEE;
            case 608 -> CARRIER;
            case 603 -> phrase.strip().equalsIgnoreCase(BLOCKED) ? CARRIER : byCause(status, reasonCause, hasRung);
            default -> byCause(status, reasonCause, hasRung);
        };
    }

    private static RefusedBy byCause(int status, OptionalInt reasonCause, boolean hasRung) {
        if (reasonCause.isEmpty()) {
            return byStatus(status, hasRung);
        }
        int cause = reasonCause.getAsInt();
        return switch (cause) {
            case 17, 18, 19, 20, 26 -> CALLEE;
            case 21 -> status == 603 || hasRung ? CALLEE : UNKNOWN;
            case 16, 31, 127 -> byStatus(status, hasRung);
            default -> Q850.isOfTheNetwork(cause) ? CARRIER : UNKNOWN;
        };
    }

    private static RefusedBy byStatus(int status, boolean hasRung) {
        return switch (status) {
            case 603 -> CALLEE;
            case 480 -> hasRung ? CALLEE : UNKNOWN;
            case 401, 402, 403, 404, 405, 407, 410, 482, 483, 484, 485, 500, 501, 502, 503, 504, 505, 604 ->
                hasRung ? UNKNOWN : CARRIER;
            default -> UNKNOWN;
        };
    }
}

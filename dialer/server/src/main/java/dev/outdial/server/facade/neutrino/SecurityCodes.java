package dev.outdial.server.facade.neutrino;

import dev.outdial.server.calls.CounterService;
import dev.outdial.server.facade.Client;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/** The codes that were told in calls, as long as they are good. Counters keep them, under a hash. <b>Threading:</b> any. */
final class SecurityCodes {
    private static final Duration GOOD_FOR = Duration.ofMinutes(15);
    private static final int MOST_FAILURES = 10;

    private final CounterService counters;

    SecurityCodes(CounterService counters) {
        this.counters = counters;
    }

    /** A code is told to somebody. */
    void told(Client client, String code) {
        var unused = counters.count(client.account(), name(client, "code", code), Long.MAX_VALUE, GOOD_FOR);
    }

    /** A code is typed. @param by for whom failures are counted; for nobody where empty */
    boolean isGood(Client client, String code, String by) {
        String failures = name(client, "failures", by);
        boolean isTooOften = !by.isEmpty() && counters.isReached(client.account(), failures, MOST_FAILURES, GOOD_FOR);
        if (isTooOften) return false;
        boolean isGood = counters.isReached(client.account(), name(client, "code", code), 1, GOOD_FOR);
        if (!isGood && !by.isEmpty()) {
            var unused = counters.count(client.account(), failures, MOST_FAILURES, GOOD_FOR);
        }
        return isGood;
    }

    private static String name(Client client, String what, String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((client.name() + "\n" + text).getBytes(StandardCharsets.UTF_8));
            return NeutrinoFacade.NAME + " " + what + " " + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}

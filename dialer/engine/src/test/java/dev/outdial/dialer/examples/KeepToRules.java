package dev.outdial.dialer.examples;

import dev.outdial.dialer.Call;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.guard.GuardPolicy;
import dev.outdial.dialer.guard.NumberLimit;
import dev.outdial.dialer.guard.QuietHours;
import dev.outdial.dialer.ledger.InMemoryLedger;
import dev.outdial.dialer.ledger.LedgerRules;
import dev.outdial.dialer.pace.PaceLimits;
import dev.outdial.dialer.trunk.Trunk;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Set;

/**
 * Calls nobody at night, nobody who asked not to be called, nobody more than twice a day, and starts two calls a second at most:
 * {@code KeepToRules sip:user@trunk password +15551234567 +15557654321}.
 */
public final class KeepToRules {
    private KeepToRules() {}

    public static void main(String[] args) throws InterruptedException {
        Trunk trunk = Trunk.of("carrier", args[0]).withPassword(args[1]);
        DialerConfig config = DialerConfig.of(trunk).withLedger(new InMemoryLedger(rules("+15550001111")));
        try (Dialer dialer = Dialer.start(config)) {
            for (int i = 2; i < args.length; i++) call(dialer, args[i]);
        }
    }

    static LedgerRules rules(String doNotCall) {
        GuardPolicy guard = GuardPolicy.STANDARD
                .toCountries("US", "CA")
                .sparing(Set.of(doNotCall))
                .limitedTo(new NumberLimit(2, Duration.ofDays(1)))
                .quiet(new QuietHours(LocalTime.of(21, 0), LocalTime.of(8, 0)));
        return LedgerRules.STANDARD.guardedBy(guard).paced("carrier", new PaceLimits(2, 10));
    }

    /** What the rules forbid ends as refused and says which rule it was; nothing was sent then. */
    static void call(Dialer dialer, String number) throws InterruptedException {
        Call call = dialer.dial("carrier", number, Duration.ofSeconds(30));
        System.out.println(call.awaitAnswer());
        call.hangUp();
        System.out.println(call.awaitEnd());
    }
}

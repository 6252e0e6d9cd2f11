package dev.outdial.dialer.examples;

import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.IncomingCall;
import dev.outdial.dialer.trunk.Trunk;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Sends callers elsewhere, and declines those who do not say who they are: {@code RedirectCallers sip:user@trunk password
 * sip:support@example.com}.
 */
public final class RedirectCallers {
    private RedirectCallers() {}

    /** Runs until it is killed. */
    public static void main(String[] args) throws InterruptedException {
        Trunk trunk = Trunk.of("carrier", args[0]).withPassword(args[1]);
        try (Dialer dialer = Dialer.start(DialerConfig.of(trunk))) {
            redirect(dialer, args[2]);
            dialer.awaitRegistered("carrier", Duration.ofSeconds(35));
            new CountDownLatch(1).await();
        }
    }

    static void redirect(Dialer dialer, String elsewhere) {
        dialer.onIncoming(incoming -> decide(incoming, elsewhere));
    }

    private static void decide(IncomingCall incoming, String elsewhere) {
        System.out.println(incoming.caller());
        if (incoming.caller().from().equals("anonymous")) incoming.decline(603);
        else incoming.redirect(elsewhere);
    }
}

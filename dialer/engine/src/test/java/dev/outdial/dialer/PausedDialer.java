package dev.outdial.dialer;

import dev.outdial.dialer.ledger.Admission;
import dev.outdial.dialer.ledger.Attempt;
import dev.outdial.dialer.ledger.AttemptLedger;
import dev.outdial.dialer.ledger.Permit;
import dev.outdial.dialer.outcome.CallOutcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * A process that dials one SIP URI and can be stopped between its permit and its INVITE: it says {@code permit}, goes on when it
 * is told a line, and says {@code outcome} and the word for it.
 */
final class PausedDialer {
    private PausedDialer() {}

    public static void main(String[] args) throws InterruptedException {
        var told = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var ledger = new AttemptLedger() {
            @Override
            public Admission admit(Attempt attempt, Instant now) {
                // The lease runs from here on, wherever the process stands still.
                var permit = new Permit(
                        attempt,
                        System.nanoTime()
                                + Duration.ofMillis(Long.parseLong(args[1])).toNanos());
                System.out.println("permit");
                try {
                    told.readLine();
                } catch (IOException broken) {
                    throw new UncheckedIOException(broken);
                }
                return permit;
            }

            @Override
            public void invited(Permit permit) {
                System.out.println("invited");
            }

            @Override
            public void settled(Permit permit, CallOutcome outcome) {}
        };
        try (Dialer dialer = Dialer.start(DialerConfig.of().withLedger(ledger))) {
            CallOutcome outcome = dialer.dial(DialRequest.direct(args[0])).awaitEnd();
            System.out.println("outcome " + outcome.kind().word());
        }
    }
}

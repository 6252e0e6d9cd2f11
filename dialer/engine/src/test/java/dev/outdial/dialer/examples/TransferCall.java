package dev.outdial.dialer.examples;

import dev.outdial.dialer.Answer;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.CallEndedException;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.DialerException;
import dev.outdial.dialer.trunk.Trunk;
import java.time.Duration;

/** Hands the callee to somebody else: {@code TransferCall sip:user@trunk password +15551234567 sip:support@example.com}. */
public final class TransferCall {
    private TransferCall() {}

    public static void main(String[] args) throws InterruptedException {
        Trunk trunk = Trunk.of("carrier", args[0]).withPassword(args[1]);
        try (Dialer dialer = Dialer.start(DialerConfig.of(trunk))) {
            transfer(dialer, args[2], args[3]);
        }
    }

    static void transfer(Dialer dialer, String number, String target) throws InterruptedException {
        Call call = dialer.dial("carrier", number, Duration.ofSeconds(30));
        if (call.awaitAnswer() instanceof Answer.Answered) {
            try {
                call.say("I connect you");
                call.transfer(target);
                System.out.println("transferred");
                call.hangUp();
            } catch (DialerException failed) {
                System.out.println(failed.getMessage());
                call.say("Nobody is there, please call again");
                call.hangUp();
            } catch (CallEndedException over) {
                System.out.println("hung up before it was known: " + over.outcome());
            }
        }
        System.out.println(call.awaitEnd());
    }
}

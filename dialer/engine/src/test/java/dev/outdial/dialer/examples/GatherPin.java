package dev.outdial.dialer.examples;

import dev.outdial.dialer.Answer;
import dev.outdial.dialer.AudioClip;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.gather.Gather;
import dev.outdial.dialer.gather.GatherRequest;
import dev.outdial.dialer.gather.Gathered;
import dev.outdial.dialer.outcome.HangUpCause;
import dev.outdial.dialer.trunk.Trunk;
import java.time.Duration;
import java.util.List;

/** Asks for four digits while the program goes on, and hangs up for a reason: {@code GatherPin sip:user@trunk password +15551234567}. */
public final class GatherPin {
    private GatherPin() {}

    public static void main(String[] args) throws InterruptedException {
        Trunk trunk = Trunk.of("carrier", args[0]).withPassword(args[1]);
        try (Dialer dialer = Dialer.start(DialerConfig.of(trunk))) {
            System.out.println(ask(dialer, args[2]));
        }
    }

    static String ask(Dialer dialer, String number) throws InterruptedException {
        Call call = dialer.dial("carrier", number, Duration.ofSeconds(30));
        if (!(call.awaitAnswer() instanceof Answer.Answered)) return "";
        Gather gather = call.gather(
                GatherRequest.digits(4).endedBy("#").eachWithin(Duration.ofSeconds(8)),
                List.of(AudioClip.saying("Please enter your pin")));
        // Here the program may look up who it talks to; gather.digits() says how far the caller is.
        Gathered pin = gather.await();
        System.out.println(pin.reason() + " after " + pin.digits().length() + " digits");
        call.hangUp(pin.digits().length() == 4 ? HangUpCause.NORMAL : HangUpCause.TIMEOUT);
        call.awaitEnd();
        return pin.digits();
    }
}

package dev.outdial.dialer.examples;

import dev.outdial.dialer.Answer;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.retry.RetryPolicy;
import dev.outdial.dialer.trunk.Trunk;
import java.time.Duration;

/** Tries three times, later each time, unless somebody declines: {@code TryLater sip:user@trunk password +15551234567}. */
public final class TryLater {
    private TryLater() {}

    public static void main(String[] args) throws InterruptedException {
        Trunk trunk = Trunk.of("carrier", args[0]).withPassword(args[1]);
        try (Dialer dialer = Dialer.start(DialerConfig.of(trunk))) {
            call(dialer, args[2]);
        }
    }

    static void call(Dialer dialer, String number) throws InterruptedException {
        RetryPolicy policy = RetryPolicy.of(3, Duration.ofMinutes(2))
                .growing(2, Duration.ofMinutes(30))
                .spread(0.2);
        Call call = dialer.dialWithRetries(DialRequest.over("carrier", number), policy, event -> {
            if (event instanceof CallEvent.Retrying again)
                System.out.println(again.failed().kind() + ", again at " + again.when());
        });
        if (call.awaitAnswer() instanceof Answer.Answered) {
            call.say("Your parcel has arrived");
            call.hangUp();
        }
        System.out.println(call.awaitEnd());
    }
}

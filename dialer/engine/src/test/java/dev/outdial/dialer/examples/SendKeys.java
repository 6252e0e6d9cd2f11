package dev.outdial.dialer.examples;

import dev.outdial.dialer.Answer;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.trunk.Trunk;
import java.time.Duration;

/** Walks through somebody's menu, half a second between the choices: {@code SendKeys sip:user@trunk password +15551234567 1,2,4711#}. */
public final class SendKeys {
    private SendKeys() {}

    public static void main(String[] args) throws InterruptedException {
        Trunk trunk = Trunk.of("carrier", args[0]).withPassword(args[1]);
        try (Dialer dialer = Dialer.start(DialerConfig.of(trunk))) {
            send(dialer, args[2], args[3]);
        }
    }

    static void send(Dialer dialer, String number, String keys) throws InterruptedException {
        Call call = dialer.dial("carrier", number, Duration.ofSeconds(30));
        if (call.awaitAnswer() instanceof Answer.Answered) {
            call.sendDigits(keys);
            call.hangUp();
        }
        System.out.println(call.awaitEnd());
    }
}

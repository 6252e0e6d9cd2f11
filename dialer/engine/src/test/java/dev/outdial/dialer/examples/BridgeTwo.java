package dev.outdial.dialer.examples;

import dev.outdial.dialer.Answer;
import dev.outdial.dialer.Bridge;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.trunk.Trunk;
import java.time.Duration;

/**
 * Calls two people and has them talk until the first hangs up: {@code BridgeTwo sip:user@trunk password +15551234567
 * +15557654321}.
 */
public final class BridgeTwo {
    private BridgeTwo() {}

    public static void main(String[] args) throws InterruptedException {
        Trunk trunk = Trunk.of("carrier", args[0]).withPassword(args[1]);
        try (Dialer dialer = Dialer.start(DialerConfig.of(trunk))) {
            connect(dialer, args[2], args[3]);
        }
    }

    static void connect(Dialer dialer, String one, String other) throws InterruptedException {
        Call first = dialer.dial("carrier", one, Duration.ofSeconds(30));
        if (!(first.awaitAnswer() instanceof Answer.Answered)) {
            System.out.println(first.awaitEnd());
            return;
        }
        Call second = dialer.dial("carrier", other, Duration.ofSeconds(30));
        try (Bridge bridge = dialer.bridge(first, second)) {
            System.out.println(second.awaitAnswer() + ", joined: " + bridge.isJoined());
            System.out.println(second.awaitEnd());
        }
        // The first call goes on after the bridge.
        first.hangUp();
        System.out.println(first.awaitEnd());
    }
}

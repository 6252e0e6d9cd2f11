package dev.outdial.dialer.examples;

import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.testing.FakeTrunk;
import java.time.Duration;

/** Tries the code of other examples without a telephone company: takes a moment, though the calls take minutes. Needs no arguments. */
public final class TestWithoutPhone {
    private TestWithoutPhone() {}

    public static void main(String[] args) throws InterruptedException {
        FakeTrunk trunk = FakeTrunk.named("carrier");
        trunk.callee("+15551234567").rings().answersAfter(Duration.ofSeconds(5)).hangsUpAfter(Duration.ofMinutes(3));
        trunk.callee("+15557654321").rings().answersAfter(Duration.ofSeconds(9)).hangsUpAfter(Duration.ofMinutes(1));
        try (Dialer dialer = trunk.dialer()) {
            SendKeys.send(dialer, "+15551234567", "1,2,4711#");
            BridgeTwo.connect(dialer, "+15551234567", "+15557654321");
        }
        trunk.calls().forEach(System.out::println);
        System.out.println("it is " + trunk.clock().instant() + " at the trunk");
    }
}

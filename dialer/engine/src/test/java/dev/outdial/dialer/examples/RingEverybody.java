package dev.outdial.dialer.examples;

import dev.outdial.dialer.CallGroup;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.group.GroupPlan;
import dev.outdial.dialer.trunk.Trunk;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Rings several people at once and talks to who answers first: {@code RingEverybody sip:user@trunk password +15551234567 +15557654321}. */
public final class RingEverybody {
    private RingEverybody() {}

    public static void main(String[] args) throws InterruptedException {
        Trunk trunk = Trunk.of("carrier", args[0]).withPassword(args[1]);
        Dialer dialer = Dialer.start(DialerConfig.of(trunk));
        try {
            ring(dialer, Arrays.asList(args).subList(2, args.length));
        } finally {
            dialer.close(Duration.ofSeconds(30)); // who still talks may finish
        }
    }

    static void ring(Dialer dialer, List<String> numbers) throws InterruptedException {
        List<DialRequest> members = numbers.stream()
                .map(number -> DialRequest.over("carrier", number))
                .toList();
        CallGroup group = dialer.dialGroup(members, GroupPlan.ringAll().within(Duration.ofSeconds(40)));
        switch (group.awaitWinner()) {
            case CallGroup.Result.Won won -> {
                won.call().say("The server room is on fire");
                won.call().hangUp();
            }
            case CallGroup.Result.Nobody nobody -> System.out.println("nobody: " + nobody.why());
        }
        System.out.println(group.awaitEnd());
    }
}

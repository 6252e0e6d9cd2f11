package dev.outdial.dialer.examples;

import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.trunk.Trunk;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** One listener in place of straight-line code: hears what happens until the callee hangs up: {@code ListenToEvents sip:user@trunk password +15551234567}. */
public final class ListenToEvents {
    private ListenToEvents() {}

    public static void main(String[] args) throws InterruptedException {
        Trunk trunk = Trunk.of("carrier", args[0]).withPassword(args[1]);
        try (Dialer dialer = Dialer.start(DialerConfig.of(trunk))) {
            listen(dialer, args[2]);
        }
    }

    static void listen(Dialer dialer, String number) throws InterruptedException {
        var over = new CountDownLatch(1);
        DialRequest request = DialRequest.over("carrier", number).lastingAtMost(Duration.ofMinutes(1));
        dialer.dial(request, event -> {
            switch (event) {
                case CallEvent.Ringing ringing -> System.out.println("rings");
                case CallEvent.Answered answered -> System.out.println("answered, " + answered.codec());
                case CallEvent.DigitPressed pressed -> System.out.println("key " + pressed.digit());
                case CallEvent.Ended ended -> {
                    System.out.println(ended.outcome());
                    over.countDown();
                }
                default -> System.out.println(event);
            }
        });
        over.await();
    }
}

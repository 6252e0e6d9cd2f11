package dev.outdial.dialer.examples;

import dev.outdial.dialer.Answer;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.trunk.Trunk;
import java.time.Duration;

/**
 * Takes another trunk where the first one fails: {@code TryFurtherTrunks sip:user@trunk password sip:user@backup password
 * +15551234567}.
 */
public final class TryFurtherTrunks {
    private TryFurtherTrunks() {}

    public static void main(String[] args) throws InterruptedException {
        Trunk carrier = Trunk.of("carrier", args[0]).withPassword(args[1]);
        Trunk backup = Trunk.of("backup", args[2]).withPassword(args[3]);
        try (Dialer dialer = Dialer.start(DialerConfig.of(carrier, backup))) {
            call(dialer, args[4]);
        }
    }

    static void call(Dialer dialer, String number) throws InterruptedException {
        DialRequest request = DialRequest.over("carrier", number)
                .orOver("backup")
                .followingRedirects(1)
                .ringingFor(Duration.ofSeconds(30));
        Call call = dialer.dial(request, event -> {
            if (event instanceof CallEvent.Detour detour) System.out.println("goes on after " + detour.failed());
        });
        if (call.awaitAnswer() instanceof Answer.Answered) call.hangUp();
        System.out.println(call.awaitEnd());
    }
}

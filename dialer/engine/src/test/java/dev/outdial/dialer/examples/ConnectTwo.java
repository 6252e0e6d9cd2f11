package dev.outdial.dialer.examples;

import dev.outdial.dialer.Answer;
import dev.outdial.dialer.AudioClip;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.trunk.Trunk;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Lets somebody hear music while a colleague is asked, then has the two talk without us: {@code ConnectTwo sip:user@trunk password
 * +15551234567 +15557654321 music.mp3}.
 */
public final class ConnectTwo {
    private ConnectTwo() {}

    public static void main(String[] args) throws InterruptedException {
        Trunk trunk = Trunk.of("carrier", args[0]).withPassword(args[1]);
        try (Dialer dialer = Dialer.start(DialerConfig.of(trunk))) {
            connect(dialer, args[2], args[3], AudioClip.of(Path.of(args[4])));
        }
    }

    static void connect(Dialer dialer, String customer, String colleague, AudioClip music) throws InterruptedException {
        Call first = dialer.dial(DialRequest.over("carrier", customer).with("asked for", colleague));
        if (!(first.awaitAnswer() instanceof Answer.Answered)) return;
        first.hold(music);
        Call second = dialer.dial("carrier", colleague, Duration.ofSeconds(30));
        if (second.awaitAnswer() instanceof Answer.Answered) {
            second.say("A customer for you");
            first.transferTo(second); // both calls end: their phones talk to each other
        } else {
            first.resume();
            first.say("Nobody is there");
            first.hangUp();
        }
        System.out.println(first.variables() + ": " + first.awaitEnd());
    }
}

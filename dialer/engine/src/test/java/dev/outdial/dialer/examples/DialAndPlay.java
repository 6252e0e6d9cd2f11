package dev.outdial.dialer.examples;

import dev.outdial.dialer.Answer;
import dev.outdial.dialer.AudioClip;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.trunk.Trunk;
import java.nio.file.Path;
import java.time.Duration;

/** Dials a number and plays a file: {@code DialAndPlay sip:user@trunk password +15551234567 welcome.mp3}. */
public final class DialAndPlay {
    private DialAndPlay() {}

    public static void main(String[] args) throws InterruptedException {
        Trunk trunk = Trunk.of("carrier", args[0]).withPassword(args[1]);
        try (Dialer dialer = Dialer.start(DialerConfig.of(trunk))) {
            Call call = dialer.dial("carrier", args[2], Duration.ofSeconds(30));
            if (call.awaitAnswer() instanceof Answer.Answered) {
                call.play(AudioClip.of(Path.of(args[3])));
                call.hangUp();
            }
            System.out.println(call.awaitEnd());
        }
    }
}

package dev.outdial.dialer.examples;

import dev.outdial.dialer.Answer;
import dev.outdial.dialer.AudioClip;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.DialerException;
import dev.outdial.dialer.trunk.Trunk;
import java.nio.file.Path;
import java.time.Duration;

/** Puts the callee on hold while a file plays, and takes it off again: {@code PutOnHold sip:user@trunk password +15551234567 music.mp3}. */
public final class PutOnHold {
    private PutOnHold() {}

    public static void main(String[] args) throws InterruptedException {
        Trunk trunk = Trunk.of("carrier", args[0]).withPassword(args[1]);
        try (Dialer dialer = Dialer.start(DialerConfig.of(trunk))) {
            hold(dialer, args[2], Path.of(args[3]));
        }
    }

    static void hold(Dialer dialer, String number, Path music) throws InterruptedException {
        Call call = dialer.dial("carrier", number, Duration.ofSeconds(30));
        if (call.awaitAnswer() instanceof Answer.Answered) {
            try {
                call.hold();
                // It hears us, and we do not hear it.
                call.play(AudioClip.of(music));
                call.resume();
            } catch (DialerException refused) {
                System.out.println(refused.getMessage());
            }
            call.hangUp();
        }
        System.out.println(call.awaitEnd());
    }
}

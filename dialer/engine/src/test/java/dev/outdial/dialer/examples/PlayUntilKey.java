package dev.outdial.dialer.examples;

import static dev.outdial.dialer.digits.Digits.digits;

import dev.outdial.dialer.Answer;
import dev.outdial.dialer.AudioClip;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.CallEndedException;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.trunk.Encryption;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.dialer.trunk.WireOptions;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Plays a file again and again until a key is pressed, encrypted where the trunk can: {@code PlayUntilKey sip:user@trunk password
 * +15551234567 menu.mp3}.
 */
public final class PlayUntilKey {
    private PlayUntilKey() {}

    public static void main(String[] args) throws InterruptedException {
        Trunk trunk = Trunk.of("carrier", args[0])
                .withPassword(args[1])
                .withWire(WireOptions.DEFAULT.withEncryption(Encryption.OFFERED));
        AudioClip menu = AudioClip.of(Path.of(args[3])).repeated(0).louderBy(-3);
        try (Dialer dialer = Dialer.start(DialerConfig.of(trunk))) {
            dialer.load(menu);
            Call call = dialer.dial("carrier", args[2], Duration.ofSeconds(30));
            if (call.awaitAnswer() instanceof Answer.Answered answered) {
                Thread playing = Thread.startVirtualThread(() -> play(call, menu));
                String key = call.collect(digits(1).within(Duration.ofSeconds(30)));
                call.stopPlaying();
                playing.join();
                System.out.println("encrypted: " + answered.encrypted() + ", key: " + key);
                call.hangUp();
            }
            System.out.println(call.awaitEnd());
            System.out.println(call.statistics());
        }
    }

    private static void play(Call call, AudioClip clip) {
        try {
            System.out.println(call.play(clip));
        } catch (CallEndedException over) {
            System.out.println("hung up while it played");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}

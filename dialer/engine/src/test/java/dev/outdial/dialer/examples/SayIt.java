package dev.outdial.dialer.examples;

import dev.outdial.dialer.Answer;
import dev.outdial.dialer.AudioClip;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.sound.SoundOptions;
import dev.outdial.dialer.sound.SpeechEngine;
import dev.outdial.dialer.sound.SpeechOptions;
import dev.outdial.dialer.trunk.Trunk;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Says a code in English and goodbye in Arabic; espeak-ng is installed where this runs: {@code SayIt sip:user@trunk password +15551234567
 * 4711}.
 */
public final class SayIt {
    private SayIt() {}

    public static void main(String[] args) throws InterruptedException {
        // English by the embedded engine, everything else by espeak-ng.
        var speech = new SpeechOptions(
                List.of(new SpeechEngine.Embedded(), new SpeechEngine.Program(List.of("espeak-ng"), List.of())),
                Optional.empty());
        Trunk trunk = Trunk.of("carrier", args[0]).withPassword(args[1]);
        AudioClip code = AudioClip.saying("<speak>Your code is <break time=\"300ms\"/>"
                + "<prosody rate=\"slow\"><say-as interpret-as=\"digits\">" + args[3] + "</say-as></prosody></speak>");
        try (Dialer dialer = Dialer.start(DialerConfig.of(trunk).withSound(SoundOptions.DEFAULT.withSpeech(speech)))) {
            dialer.load(code);
            Call call = dialer.dial("carrier", args[2], Duration.ofSeconds(30));
            if (call.awaitAnswer() instanceof Answer.Answered) {
                call.play(code);
                call.say("مع السلامة", Locale.forLanguageTag("ar"));
                call.hangUp();
            }
            System.out.println(call.awaitEnd());
        }
    }
}

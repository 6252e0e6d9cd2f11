package dev.outdial.dialer.examples;

import dev.outdial.dialer.Answer;
import dev.outdial.dialer.AudioClip;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.detect.Detected;
import dev.outdial.dialer.detect.MachineDetection;
import dev.outdial.dialer.trunk.Trunk;
import java.nio.file.Path;

/**
 * Plays one file to people and leaves another on machines, after their beep: {@code AskWhoAnswered sip:user@trunk password +15551234567
 * welcome.mp3 message.mp3}.
 */
public final class AskWhoAnswered {
    private AskWhoAnswered() {}

    public static void main(String[] args) throws InterruptedException {
        Trunk trunk = Trunk.of("carrier", args[0]).withPassword(args[1]);
        try (Dialer dialer = Dialer.start(DialerConfig.of(trunk))) {
            Call call = dialer.dial(DialRequest.over("carrier", args[2])
                    .detectingMachines(MachineDetection.DEFAULT.hearingEarlyMedia()));
            if (call.awaitAnswer() instanceof Answer.Answered) {
                Detected who = call.detectMachine();
                System.out.println(who);
                switch (who.verdict()) {
                    case HUMAN, NOT_SURE -> call.play(AudioClip.of(Path.of(args[3])));
                    case MACHINE -> {
                        System.out.println("greeting over: " + call.awaitGreetingEnd());
                        call.play(AudioClip.of(Path.of(args[4])));
                    }
                    case FAX, SILENCE -> System.out.println("nobody to speak to");
                }
                call.hangUp();
            }
            System.out.println(call.awaitEnd());
        }
    }
}

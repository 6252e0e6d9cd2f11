package dev.outdial.dialer.examples;

import dev.outdial.dialer.Answer;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.record.RecordedSides;
import dev.outdial.dialer.record.Recording;
import dev.outdial.dialer.record.RecordingOptions;
import dev.outdial.dialer.trunk.Trunk;
import java.nio.file.Path;
import java.time.Duration;

/** Records what the callee says after a beep, two seconds at most: {@code RecordCall sip:user@trunk password +15551234567 said.wav}. */
public final class RecordCall {
    private RecordCall() {}

    public static void main(String[] args) throws InterruptedException {
        Trunk trunk = Trunk.of("carrier", args[0]).withPassword(args[1]);
        try (Dialer dialer = Dialer.start(DialerConfig.of(trunk))) {
            record(dialer, args[2], Path.of(args[3]));
        }
    }

    static void record(Dialer dialer, String number, Path file) throws InterruptedException {
        Call call = dialer.dial("carrier", number, Duration.ofSeconds(30));
        if (call.awaitAnswer() instanceof Answer.Answered) {
            RecordingOptions options = RecordingOptions.DEFAULT
                    .withSides(RecordedSides.FAR_END)
                    .withBeep()
                    .stoppedBy("#")
                    .noLongerThan(Duration.ofSeconds(2));
            Recording recording = call.record(file, options);
            System.out.println(recording.awaitEnd());
            call.hangUp();
        }
        System.out.println(call.awaitEnd());
    }
}

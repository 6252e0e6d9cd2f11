package dev.outdial.dialer.examples;

import static dev.outdial.dialer.digits.Digits.digits;

import dev.outdial.dialer.Answer.Answered;
import dev.outdial.dialer.Answer.Busy;
import dev.outdial.dialer.Answer.Canceled;
import dev.outdial.dialer.Answer.Failed;
import dev.outdial.dialer.Answer.NoAnswer;
import dev.outdial.dialer.Answer.Rejected;
import dev.outdial.dialer.AudioClip;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.trunk.Trunk;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A whole call: dials, tells the answers apart, plays a file, asks for a key: {@code AskToPressOne sip:user@trunk password}. */
public final class AskToPressOne {
    private static final Logger log = LoggerFactory.getLogger(AskToPressOne.class);

    private AskToPressOne() {}

    public static void main(String[] args) throws InterruptedException {
        DialerConfig config = DialerConfig.of(Trunk.of("carrier", args[0]).withPassword(args[1]));
        try (Dialer dialer = Dialer.start(config)) {
            Call call = dialer.dial("carrier", "+15551234567", Duration.ofSeconds(30));
            switch (call.awaitAnswer()) {
                case Answered a -> {
                    call.play(AudioClip.of(Path.of("welcome.mp3")));
                    if (call.collect(digits(1).within(Duration.ofSeconds(5))).equals("1")) call.say("Thank you");
                    call.hangUp();
                }
                case Busy b -> log.info("busy, try later");
                case NoAnswer n -> log.info("nobody picked up");
                case Rejected r -> log.info("declined");
                case Canceled c -> log.info("we gave up");
                case Failed f -> log.warn("failed: {}", f.outcome());
            }
        }
    }
}

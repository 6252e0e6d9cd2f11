package dev.outdial.dialer.examples;

import static dev.outdial.dialer.digits.Digits.digits;

import dev.outdial.dialer.AudioClip;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.CallEndedException;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.IncomingCall;
import dev.outdial.dialer.trunk.Trunk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Answers calls with a file and a question, and hands callers who press 1 to somebody else: {@code AnswerCalls TRUNK PASSWORD FILE SOMEBODY}. */
public final class AnswerCalls {
    private AnswerCalls() {}

    /** Runs until it is killed. */
    public static void main(String... arguments) throws InterruptedException {
        Trunk trunk = Trunk.of("pbx", arguments[0]).withPassword(arguments[1]);
        try (Dialer dialer = Dialer.start(DialerConfig.of(trunk))) {
            answer(dialer, Path.of(arguments[2]), arguments[3]);
            dialer.awaitRegistered("pbx", Duration.ofSeconds(35));
            new CountDownLatch(1).await();
        }
    }

    static void answer(Dialer dialer, Path file, String somebody) {
        dialer.onIncoming(incoming -> talk(incoming, file, somebody));
    }

    /** Runs on a virtual thread of its own, one for each call. */
    private static void talk(IncomingCall incoming, Path file, String somebody) {
        try {
            incoming.ring();
            Call call = incoming.accept();
            call.play(AudioClip.of(file));
            if (call.collect(digits(1).within(Duration.ofSeconds(5))).equals("1")) call.transfer(somebody);
            call.hangUp();
            System.out.println(incoming.caller().from() + ": " + call.awaitEnd());
        } catch (CallEndedException over) {
            System.out.println(incoming.caller().from() + " hung up: " + over.outcome());
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }
}

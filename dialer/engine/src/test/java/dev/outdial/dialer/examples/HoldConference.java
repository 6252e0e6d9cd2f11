package dev.outdial.dialer.examples;

import dev.outdial.dialer.Answer;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.Conference;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.trunk.Trunk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls several people into one conference, the last of whom only listens; it is over when the first leaves: {@code HoldConference
 * sip:user@trunk password +15551234567 +15557654321 +15550001111}.
 */
public final class HoldConference {
    private HoldConference() {}

    public static void main(String[] args) throws InterruptedException {
        Trunk trunk = Trunk.of("carrier", args[0]).withPassword(args[1]);
        try (Dialer dialer = Dialer.start(DialerConfig.of(trunk))) {
            hold(dialer, List.of(args).subList(2, args.length));
        }
    }

    static void hold(Dialer dialer, List<String> numbers) throws InterruptedException {
        List<Call> calls = new ArrayList<>();
        try (Conference conference = dialer.conference()) {
            for (String number : numbers) {
                Call call = dialer.dial("carrier", number, Duration.ofSeconds(30));
                conference.add(call);
                calls.add(call);
            }
            conference.mute(calls.getLast(), true);
            for (Call call : calls) {
                if (!(call.awaitAnswer() instanceof Answer.Answered)) System.out.println(call.awaitEnd());
            }
            System.out.println(conference.size() + " take part");
            System.out.println(calls.getFirst().awaitEnd());
        }
        calls.forEach(Call::hangUp);
    }
}

package dev.outdial.server.cli;

import dev.outdial.testbed.trunk.TrunkEvent;

/** What happens at the loopback trunk, as people read it. */
final class TrunkSentences {
    private TrunkSentences() {}

    static String of(TrunkEvent event) {
        return switch (event) {
            case TrunkEvent.Registered r -> r.user() + " registered for " + r.expiresSeconds() + " s";
            case TrunkEvent.Unregistered u -> u.user() + " un-registered";
            case TrunkEvent.Challenged c ->
                c.again() ? c.method() + " challenged again: user or password is wrong" : c.method() + " challenged";
            case TrunkEvent.Invited i ->
                i.from() + " calls " + i.number() + ", who "
                        + i.persona().map(p -> p.sentence()).orElse("is unknown");
            case TrunkEvent.Ringing r -> "rings (" + r.status() + ")";
            case TrunkEvent.Answered a -> "the callee picks up, " + a.law();
            case TrunkEvent.MessageHeard m -> "the callee heard the message end";
            case TrunkEvent.DigitSent d -> "the callee pressed " + d.digit();
            case TrunkEvent.DigitReceived d -> "the callee heard the key " + d.digit();
            case TrunkEvent.Ended e -> "the call is over: " + e.end();
            case TrunkEvent.Failed f -> "FAILED: " + f.what();
        };
    }
}

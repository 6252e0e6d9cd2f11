package dev.outdial.server.store;

import dev.outdial.dialer.journal.StoredDialog;
import dev.outdial.server.calls.Address;
import dev.outdial.server.calls.CallPlan;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.Callbacks;
import dev.outdial.server.calls.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Calls to be kept. */
final class Samples {
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private Samples() {}

    static String id() {
        return UUID.randomUUID().toString();
    }

    static CallRecord queued(String account, String to) {
        return queued(account, to, Schedule.NOW, NOW);
    }

    static CallRecord queued(String account, String to, Schedule schedule, Instant created) {
        return call(id(), account, to, CallStatus.QUEUED, "", schedule, new CallPlan.Park(), created, Optional.empty());
    }

    /** Everything in it is set. */
    static CallRecord full(String account) {
        var window = new Schedule.Window(LocalTime.of(9, 0), LocalTime.of(18, 30), Optional.of("Europe/Berlin"));
        return call(
                id(),
                account,
                "+491710000001",
                CallStatus.PROGRESSING,
                "",
                new Schedule(
                        Optional.of(NOW.plusSeconds(5)), Optional.of(window), 7, 3, Optional.of(NOW.plusSeconds(900))),
                new CallPlan.Say("Grüß Gott, \"you\"", "de-DE", "any"),
                NOW,
                Optional.of(
                        new Callbacks("https://example.org/a?b=c", "POST", Duration.ofSeconds(9), "", "native", "")));
    }

    static CallRecord as(CallRecord call, CallStatus status, String outcome, Optional<Instant> ended) {
        return new CallRecord(
                call.id(),
                call.account(),
                call.origin(),
                call.direction(),
                call.from(),
                call.to(),
                call.trunk(),
                call.sipCallId(),
                status,
                call.earlyMedia(),
                call.attempts(),
                outcome,
                call.hangupBy(),
                call.hangupReason(),
                call.sipCode(),
                call.sipPhrase(),
                call.q850(),
                call.cause(),
                call.plan(),
                call.schedule(),
                call.ringMillisLimit(),
                call.durationMillisLimit(),
                call.activeflowId(),
                call.currentAction(),
                call.groupcallId(),
                call.bridgeId(),
                call.masterCallId(),
                call.chainedCallIds(),
                call.digitsAll(),
                call.recordingIds(),
                call.codec(),
                call.rtp(),
                call.tag(),
                call.metadata(),
                call.variables(),
                call.headers(),
                call.anonymous(),
                call.record(),
                call.detectMachine(),
                call.callbacks(),
                call.created(),
                call.invited(),
                call.ringing(),
                call.answered(),
                ended,
                call.updated());
    }

    private static CallRecord call(
            String id,
            String account,
            String to,
            CallStatus status,
            String outcome,
            Schedule schedule,
            CallPlan plan,
            Instant created,
            Optional<Callbacks> callbacks) {
        boolean full = status == CallStatus.PROGRESSING;
        Optional<Instant> later = full ? Optional.of(created.plusMillis(1234)) : Optional.empty();
        OptionalInt code = full ? OptionalInt.of(200) : OptionalInt.empty();
        return new CallRecord(
                id,
                account,
                "native",
                "outgoing",
                new Address(Address.Type.SIP, "sip:me@example.org", "Me"),
                new Address(Address.Type.TEL, to, ""),
                "carrier",
                full ? "cid-" + id : "",
                status,
                full,
                full ? 2 : 0,
                outcome,
                "",
                "",
                code,
                full ? "OK" : "",
                code,
                full ? "NORMAL_CLEARING" : "",
                plan,
                schedule,
                60_000,
                3_600_000,
                full ? "flow" : "",
                "",
                "",
                "",
                "",
                full ? List.of("a", "b") : List.of(),
                full ? "12#" : "",
                full ? List.of("r") : List.of(),
                full ? "PCMU" : "",
                full ? "{\"lost\":1}" : "",
                full ? "spring" : "",
                full ? "{\"a\":[1]}" : "",
                full ? Map.of("x", "y") : Map.of(),
                full ? Map.of("X-A", "b") : Map.of(),
                full,
                full,
                full,
                callbacks,
                created,
                later,
                later,
                later,
                Optional.empty(),
                created);
    }

    /** A dialog that leads to nobody. */
    static StoredDialog dialog(String callId, long cseq) {
        return new StoredDialog(
                "t",
                callId,
                "<sip:a@127.0.0.1>;tag=ours",
                "<sip:b@127.0.0.1>;tag=theirs",
                "sip:b@127.0.0.1:9",
                List.of("<sip:127.0.0.1:9;lr>"),
                cseq,
                new StoredDialog.Hop("udp", "127.0.0.1", 9, Optional.empty()));
    }
}

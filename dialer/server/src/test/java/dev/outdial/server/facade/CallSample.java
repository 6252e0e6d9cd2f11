package dev.outdial.server.facade;

import dev.outdial.server.calls.Address;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.NewCall;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A call as it may be stored, put together for a test of what is made of it. */
public final class CallSample {
    public static final Instant CREATED = Instant.parse("2026-11-22T10:00:00.250Z");
    public static final String ID = "54b16dd7-8e68-4a2a-973d-063e39a6998c";

    private final NewCall wanted;
    private CallStatus status = CallStatus.QUEUED;
    private String outcome = "";
    private String reason = "";
    private String cause = "";
    private OptionalInt sipCode = OptionalInt.empty();
    private String digits = "";
    private Optional<Instant> invited = Optional.empty();
    private Optional<Instant> ringing = Optional.empty();
    private Optional<Instant> answered = Optional.empty();
    private Optional<Instant> ended = Optional.empty();

    public CallSample(NewCall wanted) {
        this.wanted = wanted;
    }

    public CallSample dialing() {
        status = CallStatus.DIALING;
        return this;
    }

    public CallSample invited(long afterMillis) {
        status = CallStatus.DIALING;
        invited = Optional.of(CREATED.plusMillis(afterMillis));
        return this;
    }

    public CallSample ringing(long afterMillis) {
        status = CallStatus.RINGING;
        ringing = Optional.of(CREATED.plusMillis(afterMillis));
        return this;
    }

    public CallSample answered(long afterMillis) {
        status = CallStatus.PROGRESSING;
        answered = Optional.of(CREATED.plusMillis(afterMillis));
        return this;
    }

    public CallSample pressed(String keys) {
        digits = keys;
        return this;
    }

    /** @param code of the last answer; 0 for none */
    public CallSample ended(long afterMillis, String why, String byCause, int code) {
        status = CallStatus.HANGUP;
        reason = why;
        cause = byCause;
        sipCode = code == 0 ? OptionalInt.empty() : OptionalInt.of(code);
        ended = Optional.of(CREATED.plusMillis(afterMillis));
        return this;
    }

    public CallSample unknown() {
        outcome = "unknown";
        return ended(60_000, "failed", "", 0);
    }

    public CallRecord record() {
        return new CallRecord(
                ID,
                "account",
                wanted.origin(),
                "outgoing",
                new Address(Address.Type.TEL, "", ""),
                wanted.to(),
                "loopback",
                "",
                status,
                false,
                1,
                outcome,
                "",
                reason,
                sipCode,
                "",
                OptionalInt.empty(),
                cause,
                wanted.plan(),
                wanted.schedule(),
                wanted.ringTimeout().toMillis(),
                wanted.maxDuration().toMillis(),
                "",
                "",
                "",
                "",
                "",
                List.of(),
                digits,
                List.of(),
                "",
                "",
                "",
                wanted.metadata(),
                wanted.variables(),
                wanted.headers(),
                false,
                false,
                false,
                wanted.callbacks(),
                CREATED,
                invited,
                ringing,
                answered,
                ended,
                ended.or(() -> answered).or(() -> ringing).or(() -> invited).orElse(CREATED));
    }
}

package dev.outdial.dialer.testing;

import dev.outdial.dialer.call.Stage;
import dev.outdial.dialer.call.StagedCall;
import dev.outdial.dialer.call.StagedDoorstep;
import dev.outdial.dialer.detect.DecidedBy;
import dev.outdial.dialer.detect.Detected;
import dev.outdial.dialer.detect.GreetingEnd;
import dev.outdial.dialer.detect.MachineEvidence;
import dev.outdial.dialer.digits.DigitSource;
import dev.outdial.dialer.testing.FakePerson.Step;
import dev.outdial.sip.event.SessionEnd;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Does what a {@link FakePerson} does in one call, and notes what it hears. <b>Threading:</b> the stage's. */
final class FakeFarEnd implements StagedDoorstep.Caller {
    private static final int TONE_MILLIS = 160;
    private static final int PAUSE_MILLIS = 80;

    private final Stage stage;
    private final FakePerson person;
    private final FakeCall seen;
    private final Iterator<Step> steps;
    private Optional<StagedCall> call = Optional.empty();
    private int clips;
    private boolean awaitingClip;

    FakeFarEnd(Stage stage, FakePerson person, FakeCall seen) {
        this.stage = stage;
        this.person = person;
        this.seen = seen;
        this.steps = person.steps().iterator();
    }

    @Override
    public void begin(StagedCall begun) {
        call = Optional.of(begun);
        var unused = begun.ended().thenAccept(seen::over);
        var unusedToo = begun.agreed().thenRun(seen::begun);
        walk(begun);
    }

    private void walk(StagedCall with) {
        while (steps.hasNext() && !with.ended().isDone()) {
            switch (steps.next()) {
                case Step.Ring ring -> with.ring(ring.status());
                case Step.Answer answer -> with.answer();
                case Step.HangUp hangUp -> hangUp(with);
                case Step.Refuse refuse -> refuse(with, refuse);
                case Step.Wait wait -> {
                    stage.after(wait.time().toNanos(), () -> walk(with));
                    return;
                }
                case Step.Press press -> {
                    press(with, press.keys());
                    return;
                }
                case Step.HearClip hear
                when clips == 0 -> {
                    awaitingClip = true;
                    return;
                }
                case Step.HearClip hear -> clips--;
            }
        }
    }

    private void press(StagedCall with, String keys) {
        if (keys.isEmpty()) {
            walk(with);
            return;
        }
        stage.after(Duration.ofMillis(TONE_MILLIS).toNanos(), () -> {
            with.press(keys.charAt(0), TONE_MILLIS, DigitSource.TELEPHONE_EVENT);
            stage.after(Duration.ofMillis(PAUSE_MILLIS).toNanos(), () -> press(with, keys.substring(1)));
        });
    }

    private static void hangUp(StagedCall with) {
        with.end(with.agreed().isDone() ? end(SessionEnd.Cause.REMOTE_BYE, true) : refusal(480, "", List.of()));
    }

    private static void refuse(StagedCall with, Step.Refuse refuse) {
        with.end(refusal(refuse.status(), refuse.reason(), refuse.elsewhere()));
    }

    private static SessionEnd refusal(int status, String reason, List<String> elsewhere) {
        return new SessionEnd(
                SessionEnd.Cause.REJECTED,
                SessionEnd.EndedBy.REMOTE,
                OptionalInt.of(status),
                reason,
                OptionalInt.empty(),
                false,
                elsewhere,
                OptionalLong.empty());
    }

    static SessionEnd end(SessionEnd.Cause cause, boolean answered) {
        return new SessionEnd(cause, SessionEnd.EndedBy.REMOTE, OptionalInt.empty(), "", OptionalInt.empty(), answered);
    }

    @Override
    public void hearsBeneath(String clip) {
        seen.hearsBeneath(clip);
    }

    @Override
    public void heard(String clip, long millis, boolean whole) {
        seen.hears(clip, millis, whole);
        if (awaitingClip) {
            awaitingClip = false;
            // What follows is no part of what ended.
            stage.execute(() -> call.ifPresent(this::walk));
        } else {
            clips++;
        }
    }

    @Override
    public void hearsKey(char key) {
        seen.hearsKey(key);
    }

    @Override
    public OptionalInt held(boolean held) {
        if (person.holdStatus() != 0) return OptionalInt.of(person.holdStatus());
        seen.hold(held);
        return OptionalInt.empty();
    }

    @Override
    public int transferred(String target) {
        seen.transfer(target);
        return person.transferStatus();
    }

    @Override
    public void joined(boolean together) {
        seen.join(together);
    }

    @Override
    public void hungUp() {
        seen.join(false);
    }

    @Override
    public Detected sounds() {
        DecidedBy why = switch (person.sounds()) {
            case HUMAN -> DecidedBy.SHORT_GREETING;
            case MACHINE -> DecidedBy.LONG_GREETING;
            case FAX -> DecidedBy.FAX_TONE;
            case SILENCE -> DecidedBy.NO_WORD;
            case NOT_SURE -> DecidedBy.TIME;
        };
        return new Detected(
                person.sounds(), new MachineEvidence(why, toldAfter().toMillis(), false, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    @Override
    public GreetingEnd greetingEnd() {
        return GreetingEnd.BEEP;
    }

    @Override
    public Duration toldAfter() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void hearsRinging() {
        seen.hearsRinging();
    }

    @Override
    public void refused(int status, List<String> elsewhere) {
        seen.refused(status, elsewhere);
    }
}

package dev.outdial.dialer.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.call.CallMachine.Action;
import dev.outdial.dialer.call.CallMachine.Event;
import dev.outdial.dialer.call.CallMachine.State;
import dev.outdial.sip.event.SessionEnd;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every status of a call against everything that can happen to it: where it leads, or that it leads nowhere and does nothing. */
class TransitionsTest {
    private static final CallLimits LIMITS = new CallLimits(Duration.ofSeconds(30), Duration.ofMinutes(10));
    private static final long START_NANOS = Long.MAX_VALUE - 1_000_000_000L; // the clock may wrap while a call goes on

    /** What users are told of a call. */
    private enum Status {
        QUEUED,
        DIALING,
        RINGING,
        PROGRESSING,
        CANCELING,
        TERMINATING,
        HANGUP;

        static Status of(State state) {
            return switch (state) {
                case State.Permitted s -> QUEUED;
                case State.Calling s -> s.progress().hasRung() ? RINGING : DIALING;
                case State.Talking s -> PROGRESSING;
                case State.GivingUp s -> CANCELING;
                case State.HangingUp s -> TERMINATING;
                case State.Over s -> HANGUP;
            };
        }

        /** The whole list: from here to where. */
        Set<Status> next() {
            return switch (this) {
                case QUEUED -> EnumSet.of(DIALING, HANGUP);
                case DIALING -> EnumSet.of(RINGING, PROGRESSING, TERMINATING, CANCELING, HANGUP);
                case RINGING -> EnumSet.of(PROGRESSING, TERMINATING, CANCELING, HANGUP);
                case PROGRESSING -> EnumSet.of(TERMINATING, HANGUP);
                case CANCELING, TERMINATING -> EnumSet.of(HANGUP);
                case HANGUP -> EnumSet.noneOf(Status.class);
            };
        }
    }

    //    .   ignored: the same state, and nothing is done
    //    =   the same status, but something new is known or told
    private static final String TABLE = """
                    QUEUED   DIALING      RINGING      PROGRESSING  CANCELING  TERMINATING  HANGUP
        GO          DIALING  .            .            .            .          .            .
        GO_TOO_LATE HANGUP   .            .            .            .          .            .
        INVITED     .        =            =            .            =          .            .
        TRYING      .        .            .            .            .          .            .
        RINGS       .        RINGING      .            .            .          .            .
        FORWARDED   .        RINGING      .            .            .          .            .
        PROGRESS    .        RINGING      .            .            .          .            .
        EARLY_MEDIA .        RINGING      =            .            .          .            .
        ANSWERED    .        PROGRESSING  PROGRESSING  .            .          .            .
        UNUSABLE    .        TERMINATING  TERMINATING  .            .          .            .
        MEDIA_SEEN  .        .            .            =            .          .            .
        REFUSED     .        HANGUP       HANGUP       HANGUP       HANGUP     HANGUP       .
        CUT_OFF     .        HANGUP       HANGUP       HANGUP       HANGUP     HANGUP       .
        BYE         .        HANGUP       HANGUP       HANGUP       HANGUP     HANGUP       .
        HANG_UP     HANGUP   CANCELING    CANCELING    TERMINATING  .          .            .
        FAULT       HANGUP   CANCELING    CANCELING    TERMINATING  .          .            .
        FALLS_MUTE  .        .            .            TERMINATING  .          .            .
        WOKEN       .        .            .            .            .          .            .
        RUN_OUT     .        CANCELING    CANCELING    TERMINATING  HANGUP     HANGUP       .
        """;

    private enum Happening {
        GO(new Event.Go(true)),
        GO_TOO_LATE(new Event.Go(false)),
        INVITED(new Event.Invited()),
        TRYING(new Event.Provisional(100, false)),
        RINGS(new Event.Provisional(180, false)),
        FORWARDED(new Event.Provisional(181, false)),
        PROGRESS(new Event.Provisional(183, false)),
        EARLY_MEDIA(new Event.Provisional(183, true)),
        ANSWERED(new Event.Answered("PCMU", "")),
        UNUSABLE(new Event.Answered("", "no codec in common")),
        MEDIA_SEEN(new Event.MediaSeen()),
        REFUSED(new Event.SessionEnded(end(SessionEnd.Cause.REJECTED, OptionalInt.of(486)))),
        CUT_OFF(new Event.SessionEnded(end(SessionEnd.Cause.TRANSPORT, OptionalInt.empty()))),
        BYE(new Event.SessionEnded(end(SessionEnd.Cause.REMOTE_BYE, OptionalInt.empty()))),
        HANG_UP(new Event.HangUp(HangUpReason.REQUESTED)),
        FAULT(new Event.HangUp(HangUpReason.FAULT)),
        FALLS_MUTE(new Event.RtpTimeout(30_000, 0)),
        WOKEN(new Event.Tick()),
        /** Woken when the status has lasted as long as it may. */
        RUN_OUT(new Event.Tick());

        private final Event event;

        Happening(Event event) {
            this.event = event;
        }

        CallMachine.Step happenTo(State state, long nowNanos) {
            long when = this == RUN_OUT ? CallMachine.nextDeadlineNanos(state).orElse(nowNanos) : nowNanos;
            return CallMachine.step(state, event, when);
        }

        private static SessionEnd end(SessionEnd.Cause cause, OptionalInt status) {
            return new SessionEnd(cause, SessionEnd.EndedBy.REMOTE, status, "as it is", OptionalInt.empty(), false);
        }
    }

    private record Cell(Status from, Happening happening, String leads) {
        @Override
        public String toString() {
            return from + " " + happening + " " + leads;
        }
    }

    static Stream<Arguments> cells() {
        return table().map(Arguments::of);
    }

    private static Stream<Cell> table() {
        List<String[]> rows =
                TABLE.strip().lines().map(row -> row.strip().split(" +")).toList();
        String[] statuses = rows.getFirst();
        return rows.stream()
                .skip(1)
                .flatMap(row -> Stream.iterate(0, column -> column < statuses.length, column -> column + 1)
                        .map(column -> new Cell(
                                Status.valueOf(statuses[column]), Happening.valueOf(row[0]), row[column + 1])));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void eachThingThatHappensLeadsWhereTheTableSays(Cell cell) {
        State before = reached(cell.from());

        CallMachine.Step step = cell.happening().happenTo(before, START_NANOS);

        switch (cell.leads()) {
            case "." -> {
                assertThat(step.next()).isEqualTo(before);
                assertThat(step.actions()).isEmpty();
            }
            case "=" -> {
                assertThat(Status.of(step.next())).isEqualTo(cell.from());
                assertThat(step.next().equals(before) && step.actions().isEmpty())
                        .isFalse();
            }
            default -> assertThat(Status.of(step.next())).isEqualTo(Status.valueOf(cell.leads()));
        }
        assertThat(step.actions().stream()
                        .filter(Action.ReportEnded.class::isInstance)
                        .count())
                .isEqualTo(cell.leads().equals("HANGUP") ? 1 : 0);
    }

    @Test
    void theTableKnowsAllThatCanHappenAndEveryTransitionThereIs() {
        List<Cell> cells = table().toList();
        assertThat(cells).hasSize(Status.values().length * Happening.values().length);
        for (Status from : Status.values()) {
            assertThat(cells.stream()
                            .filter(cell -> cell.from() == from && cell.leads().length() > 1)
                            .map(cell -> Status.valueOf(cell.leads()))
                            .collect(Collectors.toSet()))
                    .as("from %s", from)
                    .isEqualTo(from.next());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whateverComesInWhateverOrderACallTakesNoOtherWayAndEndsOnce(long seed) {
        var dice = new Random(seed);
        Happening[] all = Happening.values();
        for (int call = 0; call < 500; call++) {
            State state = reached(Status.QUEUED);
            long ends = 0;
            long answers = 0;
            for (int event = 0; event < 40; event++) {
                Status before = Status.of(state);
                CallMachine.Step step = all[dice.nextInt(all.length)].happenTo(state, START_NANOS + event);
                state = step.next();
                if (Status.of(state) != before) {
                    assertThat(before.next()).as("seed %d", seed).contains(Status.of(state));
                }
                ends += count(step, Action.ReportEnded.class);
                answers += count(step, Action.ReportAnswered.class);
            }
            assertThat(ends).as("seed %d", seed).isEqualTo(Status.of(state) == Status.HANGUP ? 1 : 0);
            assertThat(answers).as("seed %d", seed).isLessThanOrEqualTo(1);
        }
    }

    private static long count(CallMachine.Step step, Class<? extends Action> type) {
        return step.actions().stream().filter(type::isInstance).count();
    }

    /** A call that has just come there. */
    private static State reached(Status status) {
        State state = new State.Permitted(LIMITS);
        for (Happening happening : way(status)) {
            state = happening.happenTo(state, START_NANOS).next();
        }
        assertThat(Status.of(state)).isEqualTo(status);
        return state;
    }

    private static List<Happening> way(Status status) {
        return switch (status) {
            case QUEUED -> List.of();
            case DIALING -> List.of(Happening.GO);
            case RINGING -> List.of(Happening.GO, Happening.INVITED, Happening.RINGS);
            case PROGRESSING -> List.of(Happening.GO, Happening.INVITED, Happening.RINGS, Happening.ANSWERED);
            case CANCELING -> List.of(Happening.GO, Happening.HANG_UP);
            case TERMINATING ->
                List.of(Happening.GO, Happening.INVITED, Happening.RINGS, Happening.ANSWERED, Happening.HANG_UP);
            case HANGUP -> List.of(Happening.GO, Happening.INVITED, Happening.REFUSED);
        };
    }
}

package dev.outdial.server.calls.live;

import dev.outdial.dialer.outcome.HangUpCause;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.ServiceException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends calls wherever they stand. <b>Threading:</b> any; waits for the store. */
final class Hangups {
    /** Why a call ends where another of its group was quicker; nobody may ask for a hang-up with it. */
    static final String ELSEWHERE = "elsewhere";

    private static final long PATIENCE_MILLIS = 1_000;

    private final Workshop workshop;

    Hangups(Workshop workshop) {
        this.workshop = workshop;
    }

    /** Ends it; twice does no harm. @throws ServiceException CONFLICT where another process has it */
    void end(String callId, String reason) {
        Optional<LiveCall> live = workshop.live(callId);
        if (live.isPresent()) {
            end(live.get(), reason);
            return;
        }
        CallRecord call = endQueued(callId, reason);
        if (call.status() != CallStatus.HANGUP) {
            // It may have been claimed while the store was asked.
            LiveCall begun = workshop.live(callId)
                    .orElseThrow(() -> new ServiceException(
                            ServiceException.Kind.CONFLICT,
                            "call_elsewhere",
                            "the call is up in another process of this server; ask that one"));
            end(begun, reason);
        }
    }

    private void end(LiveCall live, String reason) {
        live.ask(reason);
        var written = workshop.write(live.id(), new Change.Ending());
        live.call().ifPresentOrElse(call -> call.hangUp(cause(reason)), () -> {
            // It is about to be placed; whoever places it looks at what was asked.
        });
        try {
            var unused = written.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException later) {
            // the call is ended all the same, and what is stored follows
        }
        if (live.call().isEmpty()) endQueued(live.id(), reason);
    }

    /** Ends it where it is queued; gives it as it stands. */
    private CallRecord endQueued(String callId, String reason) {
        record Ended(Optional<CallRecord> call, Aftermath aftermath) {}
        Ended ended = workshop.store().durably(tables -> {
            var aftermath = new Aftermath();
            Optional<CallRecord> call = tables.calls().lock(callId);
            if (call.isPresent() && call.get().status() == CallStatus.QUEUED) {
                var over = EndWords.notDialled(
                        OutcomeKind.CANCELED,
                        reason.equals("normal") || reason.equals(ELSEWHERE) ? "cancel" : reason,
                        "given up while it was queued");
                call = workshop.keeper().keep(tables, new CallChange(callId, over, workshop.now()), aftermath);
            }
            return new Ended(call, aftermath);
        });
        workshop.afterwards(ended.aftermath());
        return ended.call()
                .orElseThrow(() -> new ServiceException(
                        ServiceException.Kind.NOT_FOUND, "call_not_found", "there is no such call"));
    }

    static HangUpCause cause(String reason) {
        return switch (reason) {
            case "timeout", "dialout" -> HangUpCause.TIMEOUT;
            case "busy" -> HangUpCause.BUSY;
            case "noanswer" -> HangUpCause.NO_ANSWER;
            case "failed" -> HangUpCause.FAILED;
            case "amd" -> HangUpCause.MACHINE;
            case ELSEWHERE -> HangUpCause.ANSWERED_ELSEWHERE;
            default -> HangUpCause.NORMAL;
        };
    }
}

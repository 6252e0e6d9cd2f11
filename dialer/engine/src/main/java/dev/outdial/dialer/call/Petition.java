package dev.outdial.dialer.call;

import dev.outdial.dialer.ledger.Admission;
import dev.outdial.dialer.pace.Patience;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One leg's asking for a permit, until the answer is yes or no, or somebody gives up. Who is told that it is too early for the trunk
 * stands in its line, and asks again when first in it.
 *
 * <p><b>Threading:</b> {@link #await} once, on an application thread, which it keeps.
 */
final class Petition {
    private final EngineRoom room;
    private final Function<Instant, Admission> ledger;
    private final Patience patience;
    private final WaitingLine line;
    private final CompletableFuture<?> givenUp;
    private WaitingLine.@Nullable Place place;

    /** @param ledger is asked at a time */
    Petition(
            EngineRoom room,
            Function<Instant, Admission> ledger,
            Patience patience,
            WaitingLine line,
            CompletableFuture<?> givenUp) {
        this.room = room;
        this.ledger = ledger;
        this.patience = patience;
        this.line = line;
        this.givenUp = givenUp;
    }

    /** A permit, or a refusal; empty where somebody gave up first. */
    Optional<Admission> await() throws InterruptedException {
        try {
            return asked();
        } finally {
            leaveLine();
        }
    }

    private Optional<Admission> asked() throws InterruptedException {
        while (true) {
            standBehindOthers();
            if (givenUp.isDone()) return Optional.empty(); // who has given up already needs no permit
            Instant now = room.instant();
            Admission answer = ledger.apply(now);
            if (!(answer instanceof Admission.Later later)) return Optional.of(answer);
            Optional<Duration> wait = patience.until(later.when(), now);
            if (wait.isEmpty()) {
                return Optional.of(
                        new Admission.Refused(later.rule(), "the number may not be dialled before " + later.when()));
            }
            if (later.rule().equals(Admission.Later.PACE)) {
                if (place == null) place = line.join();
            } else {
                leaveLine(); // what keeps this number waiting keeps no other
            }
            WaitingLine.Place mine = place;
            if (mine == null || mine.first().isDone()) room.await(givenUp, wait.get());
        }
    }

    /** Until nobody is before this leg who was told to wait for the trunk. */
    private void standBehindOthers() throws InterruptedException {
        if (place == null && !line.isEmpty()) place = line.join();
        WaitingLine.Place mine = place;
        if (mine != null) room.await(CompletableFuture.anyOf(mine.first(), givenUp));
    }

    private void leaveLine() {
        WaitingLine.Place mine = place;
        if (mine != null) line.leave(mine);
        place = null;
    }
}

package dev.outdial.server.facade.voice2phone;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallService;
import dev.outdial.server.calls.EventService;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.http.json.JsonText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Waits, for a bounded while, until something can be told of a call that was just accepted. <b>Threading:</b> any; blocks. */
final class Starting {
    /** Time passes where no event comes, too. */
    private static final Duration LOOK = Duration.ofMillis(250);

    private final CallService calls;
    private final EventService events;
    private final InstantSource clock;
    private final Duration patience;

    /** @param patience how long a call may wait for a free channel */
    Starting(CallService calls, EventService events, InstantSource clock, Duration patience) {
        this.calls = calls;
        this.events = events;
        this.clock = clock;
        this.patience = patience;
    }

    /** One that is not dialled in time is taken back, unless a rule has it wait for longer: for the callee's morning, say. */
    FirstSign await(String account, String id) {
        var bell = new Semaphore(0);
        try (EventService.Subscription subscription = events.subscribe(account, bell::release)) {
            while (true) {
                bell.drainPermits();
                FirstSign sign = FirstSign.of(calls.get(account, id), patience, clock.instant());
                if (sign == FirstSign.NOT_DIALLED) return takenBack(account, id);
                if (sign != FirstSign.NONE) return sign;
                boolean unused = bell.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (ServiceException away) {
            // It is accepted all the same: who heard otherwise would ask again, and the number be called twice.
            return FirstSign.GOES;
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return FirstSign.GOES;
        }
    }

    private FirstSign takenBack(String account, String id) {
        if (waitsForLonger(account, id)) return FirstSign.GOES;
        CallRecord ended = calls.hangUp(account, id, "cancel");
        return ended.answered().isPresent() ? FirstSign.GOES : FirstSign.NOT_DIALLED;
    }

    private boolean waitsForLonger(String account, String id) {
        Instant soon = clock.instant().plus(patience);
        return calls.events(account, id).stream()
                .filter(event -> event.type().equals("call.updated"))
                .map(CallEventRecord::data)
                .map(JsonText::ours)
                .filter(data -> data.has("waits_for"))
                .reduce((one, later) -> later)
                .map(data -> data.path("next_attempt"))
                .filter(JsonNode::isTextual)
                .map(next -> Instant.parse(next.textValue()).isAfter(soon))
                .orElse(false);
    }
}

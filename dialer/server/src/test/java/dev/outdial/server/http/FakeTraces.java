package dev.outdial.server.http;

import dev.outdial.dialer.trace.CallTrace;
import dev.outdial.server.calls.CallSeries;
import dev.outdial.server.calls.CallSeries.Point;
import dev.outdial.server.calls.TraceRecord;
import dev.outdial.server.calls.TraceService;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Knows nothing of messages, and the same figures for all calls. */
final class FakeTraces implements TraceService {
    private final FakeCalls calls;

    FakeTraces(FakeCalls calls) {
        this.calls = calls;
    }

    @Override
    public TraceRecord trace(String account, String id) {
        var unused = calls.get(account, id);
        return new TraceRecord(id, CallTrace.EMPTY, Optional.empty(), true, false);
    }

    @Override
    public Optional<CallSeries> series(String account, String id) {
        var unused = calls.get(account, id);
        return Optional.of(new CallSeries(
                Instant.parse("2026-03-01T12:00:00Z"),
                1000,
                List.of(
                        new Point(OptionalDouble.of(1.26), OptionalDouble.of(0), OptionalDouble.empty()),
                        new Point(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty()))));
    }
}

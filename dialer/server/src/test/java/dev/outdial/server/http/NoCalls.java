package dev.outdial.server.http;

import dev.outdial.server.calls.CounterService;
import dev.outdial.server.calls.ImmediateCalls;
import dev.outdial.server.calls.NewCall;
import dev.outdial.server.calls.NumberReading;
import dev.outdial.server.calls.SoundCheck;
import java.time.Duration;
import java.util.Optional;

/** What the native API asks nothing of. */
final class NoCalls implements CounterService, SoundCheck, ImmediateCalls {
    @Override
    public Optional<Counted> count(String account, String name, long limit, Duration remembered) {
        throw new AssertionError("nobody counts here");
    }

    @Override
    public boolean isReached(String account, String name, long limit, Duration remembered) {
        throw new AssertionError("nobody counts here");
    }

    @Override
    public void undo(Counted counted) {
        throw new AssertionError("nobody counts here");
    }

    @Override
    public Optional<String> objection(String account, String url) {
        throw new AssertionError("nobody listens here");
    }

    @Override
    public Optional<String> objectionToWords(String text, String language) {
        throw new AssertionError("nobody listens here");
    }

    @Override
    public NumberReading read(String number, String country) {
        throw new AssertionError("nobody reads numbers here");
    }

    @Override
    public Placing place(String account, NewCall call) {
        throw new AssertionError("nobody calls at once here");
    }
}

package dev.outdial.testbed.trunk;

import dev.outdial.testbed.counting.CountingCallees;
import dev.outdial.testbed.probe.StreamProbe;
import dev.outdial.testbed.sound.Sound;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The sound of a callee that only counts: its ear and its mouth are those of all {@link CountingCallees}. It says what they say,
 * not what its persona would. Belongs to the loop.
 */
final class CountedSound implements CalleeSound {
    private final CountingCallees all;
    private final int port;
    private MediaTerms terms;
    private Optional<CountingCallees.Callee> answered = Optional.empty();
    private boolean stopped;

    CountedSound(MediaTerms terms, CountingCallees all) {
        this.all = all;
        this.terms = own(terms, all);
        port = all.nextPort();
    }

    private static MediaTerms own(MediaTerms terms, CountingCallees all) {
        MediaTerms own = all.options().takeEvents() ? terms : terms.withoutEvents();
        return all.options().speak() ? own : own.listening();
    }

    @Override
    public void start(long nowNanos) {
        if (answered.isPresent() || stopped) return;
        answered = Optional.of(all.answer(port, terms.remote(), terms.law(), terms.eventPayloadType()));
    }

    @Override
    public void renegotiate(MediaTerms other) {
        terms = own(other, all);
        if (answered.isEmpty() || stopped) return;
        answered.get().leave();
        answered = Optional.of(all.answer(port, terms.remote(), terms.law(), terms.eventPayloadType()));
    }

    @Override
    public MediaTerms terms() {
        return terms;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void say(Sound what) {}

    @Override
    public void press(String keys) {}

    @Override
    public void echo() {}

    @Override
    public void awaitMessage(long silenceNanos) {}

    @Override
    public OptionalLong nextDeadlineNanos() {
        return OptionalLong.empty();
    }

    @Override
    public void wake(long nowNanos) {}

    @Override
    public void stop(long nowNanos) {
        if (!stopped) answered.ifPresent(CountingCallees.Callee::leave);
        stopped = true;
    }

    @Override
    public void close() {
        stop(0);
    }

    /** Of one call alone nothing is known. */
    @Override
    public MediaReport report() {
        var nothing = new StreamProbe().report();
        return new MediaReport(terms.law(), nothing, nothing, List.of(), List.of(), "", 0, new short[0]);
    }
}

package dev.outdial.dialer.testing;

import dev.outdial.dialer.outcome.CallOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the far end of one call has seen and heard of us, so far or in all. <b>Threading:</b> any thread.
 */
public final class FakeCall {
    private final String trunk;
    private final String number;
    private final List<Played> played = new ArrayList<>();
    private final List<String> beneath = new ArrayList<>();
    private final StringBuilder keys = new StringBuilder();
    private final List<String> transferredTo = new ArrayList<>();
    private boolean rang;
    private boolean answered;
    private boolean held;
    private boolean joined;
    private OptionalInt refusal = OptionalInt.empty();
    private List<String> redirects = List.of();
    private Optional<CallOutcome> outcome = Optional.empty();

    /**
     * A clip that was heard.
     *
     * @param clip the file, the address, or the words
     * @param length how much of it was heard
     * @param whole whether that was all
     */
    public record Played(String clip, Duration length, boolean whole) {}

    FakeCall(String trunk, String number) {
        this.trunk = trunk;
        this.number = number;
    }

    /** The trunk that the call went over or came by. */
    public String trunk() {
        return trunk;
    }

    /** Whom we dialled, or who called us. */
    public String number() {
        return number;
    }

    /** The clips and words that were heard, in order. */
    public synchronized List<Played> played() {
        return List.copyOf(played);
    }

    /** What was played beneath other sound, in order. */
    public synchronized List<String> playedBeneath() {
        return List.copyOf(beneath);
    }

    /** The keys that we pressed, in order. */
    public synchronized String keys() {
        return keys.toString();
    }

    /** Whom it was asked to call in our place, in order. */
    public synchronized List<String> transferredTo() {
        return List.copyOf(transferredTo);
    }

    /** Whether somebody who calls us heard it ring. */
    public synchronized boolean rang() {
        return rang;
    }

    /** Whether the call was answered. */
    public synchronized boolean answered() {
        return answered;
    }

    /** Whether it is on hold now. */
    public synchronized boolean onHold() {
        return held;
    }

    /** Whether it is put together with another call, or takes part in a conference, now. */
    public synchronized boolean joined() {
        return joined;
    }

    /** The status by which we refused a call to us. */
    public synchronized OptionalInt refusal() {
        return refusal;
    }

    /** Where we sent somebody who called us. */
    public synchronized List<String> redirectedTo() {
        return redirects;
    }

    /** How the call ended; empty while it goes on. */
    public synchronized Optional<CallOutcome> outcome() {
        return outcome;
    }

    synchronized void hears(String clip, long millis, boolean whole) {
        played.add(new Played(clip, Duration.ofMillis(millis), whole));
    }

    synchronized void hearsBeneath(String clip) {
        beneath.add(clip);
    }

    synchronized void hearsKey(char key) {
        keys.append(key);
    }

    synchronized void hearsRinging() {
        rang = true;
    }

    synchronized void begun() {
        answered = true;
    }

    synchronized void hold(boolean on) {
        held = on;
    }

    synchronized void join(boolean together) {
        joined = together;
    }

    synchronized void transfer(String target) {
        transferredTo.add(target);
    }

    synchronized void refused(int status, List<String> elsewhere) {
        refusal = OptionalInt.of(status);
        redirects = List.copyOf(elsewhere);
    }

    synchronized void over(CallOutcome how) {
        outcome = Optional.of(how);
    }

    @Override
    public synchronized String toString() {
        return "call over " + trunk + " with " + number + ": played " + played + ", keys '" + keys + "', "
                + outcome.map(CallOutcome::toString).orElse("goes on");
    }
}

package dev.outdial.dialer.testing;

import dev.outdial.dialer.detect.WhoAnswered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What somebody does on the telephone, told in order: {@code rings().answersAfter(ofSeconds(5)).presses("1",
 * ofSeconds(2)).hangsUpAfter(ofSeconds(1))}. Each time counts from the end of what stands before it. After the last step a person
 * stays on the line, or lets it ring.
 *
 * <p><b>Threading:</b> one thread, before the call.
 */
public final class FakePerson {
    private final List<Step> steps = new ArrayList<>();
    private WhoAnswered sounds = WhoAnswered.HUMAN;
    private int holdStatus;
    private int transferStatus = 200;
    private Optional<Duration> patience = Optional.empty();
    private Optional<FakePerson> nextTime = Optional.empty();

    /** One thing that is done. */
    sealed interface Step {
        record Ring(int status) implements Step {}

        record Wait(Duration time) implements Step {}

        record Answer() implements Step {}

        record Press(String keys) implements Step {}

        record HearClip() implements Step {}

        record HangUp() implements Step {}

        record Refuse(int status, String reason, List<String> elsewhere) implements Step {}
    }

    private FakePerson() {}

    /** Somebody who does nothing yet: who is called lets it ring without a sound, who calls us stays on the line. */
    public static FakePerson who() {
        return new FakePerson();
    }

    private FakePerson does(Step step) {
        steps.add(step);
        return this;
    }

    /** Lets us hear that it rings (180). */
    public FakePerson rings() {
        return does(new Step.Ring(180));
    }

    /** Sends early media (183). */
    public FakePerson sendsEarlyMedia() {
        return does(new Step.Ring(183));
    }

    /** Does nothing for a while. */
    public FakePerson waits(Duration time) {
        if (time.isNegative()) throw new IllegalArgumentException("to wait for " + time);
        return does(new Step.Wait(time));
    }

    /** Picks up. */
    public FakePerson answers() {
        return does(new Step.Answer());
    }

    /** Picks up after that time. */
    public FakePerson answersAfter(Duration time) {
        return waits(time).answers();
    }

    /**
     * Presses keys, each for 160 ms and with 80 ms after it.
     *
     * @param keys 0-9, *, #, A-D
     */
    public FakePerson presses(String keys) {
        if (!keys.matches("[0-9*#A-D]+")) {
            throw new IllegalArgumentException("'" + keys + "': keys 0-9, *, #, A-D are expected");
        }
        return does(new Step.Press(keys));
    }

    /** Presses keys after that time. */
    public FakePerson presses(String keys, Duration after) {
        return waits(after).presses(keys);
    }

    /** Listens until the next clip, or what is said, has come to its end; one that was over before counts. */
    public FakePerson hearsAClip() {
        return does(new Step.HearClip());
    }

    /** Hangs up; who calls us and has no answer yet gives up. */
    public FakePerson hangsUp() {
        return does(new Step.HangUp());
    }

    /** Hangs up after that time. */
    public FakePerson hangsUpAfter(Duration time) {
        return waits(time).hangsUp();
    }

    /** Is busy (486). */
    public FakePerson isBusy() {
        return refusesWith(486, "Busy Here");
    }

    /** Lets it ring and never picks up. */
    public FakePerson neverAnswers() {
        return rings();
    }

    /** Declines (603). */
    public FakePerson rejects() {
        return refusesWith(603, "Decline");
    }

    /** Does not exist (404): what every number is that nobody has. */
    public FakePerson isUnknown() {
        return refusesWith(404, "Not Found");
    }

    /**
     * The call ends before it is answered.
     *
     * @param status 400 to 699
     */
    public FakePerson refusesWith(int status, String reason) {
        if (status < 400 || status > 699) throw new IllegalArgumentException("status " + status + " refuses nothing");
        return does(new Step.Refuse(status, reason, List.of()));
    }

    /** Is to be found elsewhere (302). */
    public FakePerson redirectsTo(String... sipUris) {
        return does(new Step.Refuse(302, "Moved Temporarily", List.of(sipUris)));
    }

    /** Who machine detection finds it is, a second after the answer; a person where nobody says otherwise. */
    public FakePerson soundsLike(WhoAnswered who) {
        sounds = who;
        return this;
    }

    /** Does not let itself be put on hold. */
    public FakePerson refusesHold(int status) {
        holdStatus = status;
        return this;
    }

    /** What its own call comes to when it is asked to call somebody else; 200 where nobody says otherwise. */
    public FakePerson isTransferredWith(int status) {
        transferStatus = status;
        return this;
    }

    /** Who calls us gives up after that time without an answer. */
    public FakePerson givesUpAfter(Duration time) {
        patience = Optional.of(time);
        return this;
    }

    /** What it does when it is called again: the one that is returned. The last one stands for all calls after it. */
    public FakePerson nextTime() {
        var next = new FakePerson();
        nextTime = Optional.of(next);
        return next;
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    WhoAnswered sounds() {
        return sounds;
    }

    int holdStatus() {
        return holdStatus;
    }

    int transferStatus() {
        return transferStatus;
    }

    Optional<Duration> patience() {
        return patience;
    }

    FakePerson later() {
        return nextTime.orElse(this);
    }
}

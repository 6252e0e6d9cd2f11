package dev.outdial.server.cli;

import dev.outdial.dialer.AudioClip;
import dev.outdial.dialer.digits.Digits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is done on one answered call, in this order; then it is hung up.
 *
 * @param record what to record, and where, from the answer on
 * @param play the clips to play, one after another
 * @param sendDigits the keys to press, perhaps none
 * @param collect the keys to wait for
 * @param park how long to put the far end on hold after that
 * @param transfer whom the far end is asked to call instead after that
 * @param hold how long to stay on the line after that
 * @param untilHungUp whether the clips are played again and again, and the call stays until somebody else ends it
 * @param machines what is done first where a machine answers
 */
record CallScript(
        Optional<RecordOptions.Wish> record,
        List<AudioClip> play,
        String sendDigits,
        Optional<Digits> collect,
        Duration park,
        Optional<String> transfer,
        Duration hold,
        boolean untilHungUp,
        Machines machines) {
    /** What is done about machines, before the rest. */
    enum Machines {
        /** They are as good as anybody. */
        IGNORED,
        /** They are hung up on. */
        HUNG_UP_ON,
        /** Their greeting is heard out. */
        HEARD_OUT
    }

    /** Nothing at all: the call is hung up when it is answered. */
    static final CallScript NOTHING = playing(List.of(), Duration.ZERO);

    CallScript {
        play = List.copyOf(play);
    }

    CallScript(
            Optional<RecordOptions.Wish> record,
            List<AudioClip> play,
            String sendDigits,
            Optional<Digits> collect,
            Duration hold) {
        this(record, play, sendDigits, collect, Duration.ZERO, Optional.empty(), hold, false, Machines.IGNORED);
    }

    /** The same with those changes of the call. */
    CallScript changing(ChangeOptions changes) {
        return new CallScript(
                record, play, sendDigits, collect, changes.park(), changes.transfer(), hold, untilHungUp, machines);
    }

    /** The same, with that done about machines. */
    CallScript minding(Machines what) {
        return new CallScript(record, play, sendDigits, collect, park, transfer, hold, untilHungUp, what);
    }

    /** Plays the clips, stays that long after them, and hangs up. */
    static CallScript playing(List<AudioClip> clips, Duration hold) {
        return new CallScript(Optional.empty(), clips, "", Optional.empty(), hold);
    }

    /** Plays the clips again and again, and stays until somebody else ends the call. */
    static CallScript untilHungUp(List<AudioClip> clips) {
        List<AudioClip> endless = clips.size() == 1 ? List.of(clips.getFirst().repeated(0)) : clips;
        return new CallScript(
                Optional.empty(),
                endless,
                "",
                Optional.empty(),
                Duration.ZERO,
                Optional.empty(),
                Duration.ZERO,
                true,
                Machines.IGNORED);
    }
}

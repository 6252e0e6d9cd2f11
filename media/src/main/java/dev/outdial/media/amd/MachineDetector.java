package dev.outdial.media.amd;

import dev.outdial.media.amd.MachineFinding.Decided;
import dev.outdial.media.amd.MachineFinding.GreetingEnded;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Tells a person from a machine by when there is voice, silence and tone. Pure. All times are milliseconds of sound since listening
 * began.
 *
 * <pre>
 *   silence   word  pause  word     silence after
 *   |---------|####|------|########|-------------|  HUMAN: short, and then waits
 *   |---|####-########-######-##########|           MACHINE: speaks on and on
 *   |-----|######-####|----|~~~~|                   MACHINE: beeps
 *   |~~~~|----------|~~~~|-----|###|-------------|  rings first; the silence is counted from the last ring
 * </pre>
 */
public final class MachineDetector {
    /** The longest pause of a ring, 4 to 5 s in all countries, and a little. */
    private static final long RING_PAUSE_MILLIS = 6000;
    /** Rings are this long or longer, or come in pairs. */
    private static final long LEAST_RING_MILLIS = 300;

    private static final int TONES_OF_BUSY = 5;
    private static final long TIME_OF_BUSY_MILLIS = 5000;
    private static final double CED_HERTZ = 2100;
    private static final double CNG_HERTZ = 1100;
    private static final double FAX_WITHIN_HERTZ = 40;
    /** ITU-T T.30: CED lasts 2.6 to 4 s, ANSam as long; a beep before any word is not that high and long. */
    private static final long CED_SURE_MILLIS = 900;

    private static final long LEAST_CNG_MILLIS = 380;
    private static final long LONGEST_CNG_MILLIS = 620;
    /** Somebody so much louder than who spoke before is the one who answered. */
    private static final double NEARER_DB = 12;
    /** What comes before a beep is at least so long: a click of the line before it rings is no greeting. */
    private static final long LEAST_BEFORE_BEEP_MILLIS = 250;

    private static final long LEAST_AFTER_RING_MILLIS = 160;
    private static final double LOWEST_BEEP_HERTZ = 300;
    private static final long QUIET_AFTER_BEEP_MILLIS = 250;
    private static final long LONGEST_BEEP_MILLIS = 5000;

    private MachineDetector() {}

    /** What is known of the sound. */
    public sealed interface Event {
        long atMillis();

        /** Somebody began to speak. */
        record VoiceBegan(long atMillis, long beginMillis, double levelDb) implements Event {}

        /** And paused. */
        record VoiceEnded(long atMillis, long beginMillis, long endMillis, double levelDb) implements Event {}

        /** A steady tone began. */
        record ToneBegan(long atMillis, long beginMillis, double hertz, boolean single) implements Event {}

        /** And ended. */
        record ToneEnded(long atMillis, long beginMillis, long endMillis, double hertz) implements Event {}

        /** So much sound was heard, and none of the others happened. */
        record TimePassed(long atMillis) implements Event {}
    }

    /** A tone. */
    record Sounding(long beginMillis, double hertz, boolean single) {}

    /** What was heard and what it shows so far. */
    public sealed interface State {
        /** No word yet. */
        record Waiting(Setting setting, long sinceMillis, long silentForMillis, Tones tones) implements State {}

        /** Somebody speaks. */
        record Speaking(Setting setting, long listeningSince, Greeting greeting, long wordBegin) implements State {}

        /** Somebody spoke. */
        record Pausing(Setting setting, long listeningSince, Greeting greeting) implements State {}

        /** It is a machine, and goes on. */
        record Hearing(Setting setting, long sinceMillis, Background now) implements State {}

        /** There is nothing more to find out. */
        record Over() implements State {}
    }

    /** What does not change. */
    record Setting(MachineRules rules, boolean beforeAnswer) {}

    /** The tones before any word. */
    record Tones(int count, long firstMillis, Optional<Sounding> sounding) {
        static final Tones NONE = new Tones(0, 0, Optional.empty());
    }

    /** What a machine does after it was known to be one. */
    sealed interface Background {
        /** It speaks. */
        record Voice() implements Background {}

        /** It is silent. */
        record Quiet(long sinceMillis) implements Background {}

        /** It beeps, or makes music. */
        record Beeping(Sounding tone, long quietBeforeSince) implements Background {}

        /** It has beeped. */
        record Beeped(long beepMillis, long endMillis) implements Background {}
    }

    /** The next state and what was found. */
    public record Step(State next, List<MachineFinding> findings) {
        static Step to(State next, MachineFinding... findings) {
            return new Step(next, List.of(findings));
        }
    }

    /**
     * Nothing was heard yet.
     *
     * @param beforeAnswer whether it is early media that is heard: only a machine or a fax is found there, for no person has answered
     */
    public static State begin(MachineRules rules, boolean beforeAnswer) {
        return new State.Waiting(new Setting(rules, beforeAnswer), 0, rules.initialSilenceMillis(), Tones.NONE);
    }

    /** Takes the next event. Times never go back. */
    public static Step step(State state, Event event) {
        return switch (state) {
            case State.Waiting s -> whileWaiting(s, event);
            case State.Speaking s -> whileSpeaking(s, event);
            case State.Pausing s -> whilePausing(s, event);
            case State.Hearing s -> whileHearing(s, event);
            case State.Over s -> Step.to(s);
        };
    }

    /** When time alone decides, if nothing else happens. */
    public static OptionalLong nextDeadlineMillis(State state) {
        return switch (state) {
            case State.Waiting s ->
                s.tones.sounding.isPresent()
                        ? isCed(s.tones.sounding.get())
                                ? OptionalLong.of(s.tones.sounding.get().beginMillis + CED_SURE_MILLIS)
                                : OptionalLong.empty()
                        : OptionalLong.of(s.sinceMillis + s.silentForMillis);
            case State.Speaking s -> OptionalLong.of(Math.min(spokenOut(s), timeOut(s.greeting, s.setting)));
            case State.Pausing s -> OptionalLong.of(Math.min(waitedOut(s), timeOut(s.greeting, s.setting)));
            case State.Hearing s ->
                OptionalLong.of(Math.min(
                        s.sinceMillis + s.setting.rules.longestMessageMillis(),
                        switch (s.now) {
                            case Background.Quiet quiet -> quiet.sinceMillis + s.setting.rules.messageSilenceMillis();
                            case Background.Beeped beeped -> beeped.endMillis + QUIET_AFTER_BEEP_MILLIS;
                            case Background.Voice voice -> Long.MAX_VALUE;
                            case Background.Beeping beeping -> Long.MAX_VALUE;
                        }));
            case State.Over s -> OptionalLong.empty();
        };
    }

    private static Step whileWaiting(State.Waiting s, Event event) {
        return switch (event) {
            case Event.VoiceBegan voice ->
                Step.to(new State.Speaking(
                        s.setting,
                        s.sinceMillis,
                        Greeting.beginning(voice.beginMillis, voice.levelDb),
                        voice.beginMillis));
            case Event.ToneBegan tone -> Step.to(sounding(s, tone));
            case Event.ToneEnded tone -> toneEnded(s, tone);
            case Event.TimePassed time -> waitedFor(s, time.atMillis);
            case Event.VoiceEnded voice -> Step.to(s);
        };
    }

    private static State.Waiting sounding(State.Waiting s, Event.ToneBegan tone) {
        boolean counted = s.tones.count > 0 && tone.beginMillis - s.tones.firstMillis < TIME_OF_BUSY_MILLIS;
        var now = new Sounding(tone.beginMillis, tone.hertz, tone.single);
        return new State.Waiting(
                s.setting,
                s.sinceMillis,
                s.silentForMillis,
                new Tones(
                        counted ? s.tones.count + 1 : 1,
                        counted ? s.tones.firstMillis : tone.beginMillis,
                        Optional.of(now)));
    }

    private static Step toneEnded(State.Waiting s, Event.ToneEnded tone) {
        long length = tone.endMillis - tone.beginMillis;
        boolean isCng = isNear(tone.hertz, CNG_HERTZ) && length >= LEAST_CNG_MILLIS && length <= LONGEST_CNG_MILLIS;
        // A modem's is broken by a change of phase each 450 ms (ITU-T V.25).
        boolean isCed = isNear(tone.hertz, CED_HERTZ)
                && (length >= CED_SURE_MILLIS || (length >= LEAST_RING_MILLIS && s.tones.count > 1));
        if (isCng || isCed)
            return decided(
                    s.setting,
                    MachineVerdict.FAX,
                    waiting(s, DecidedBy.FAX_TONE, tone.atMillis, tone.hertz, length),
                    s);
        var quiet = new Tones(s.tones.count, s.tones.firstMillis, Optional.empty());
        boolean rings = length >= LEAST_RING_MILLIS || s.silentForMillis == RING_PAUSE_MILLIS;
        var next = new State.Waiting(
                s.setting,
                // Whoever it was that answered, they begin when it rings no more.
                rings ? tone.endMillis : s.sinceMillis,
                rings ? RING_PAUSE_MILLIS : s.silentForMillis,
                quiet);
        if (s.tones.count < TONES_OF_BUSY) return Step.to(next);
        return decided(
                s.setting,
                MachineVerdict.NOT_SURE,
                waiting(s, DecidedBy.ONLY_TONES, tone.atMillis, tone.hertz, length),
                next);
    }

    private static Step waitedFor(State.Waiting s, long now) {
        if (s.tones.sounding.isPresent()) {
            Sounding tone = s.tones.sounding.get();
            long length = now - tone.beginMillis;
            if (!isCed(tone) || length < CED_SURE_MILLIS) return Step.to(s);
            return decided(s.setting, MachineVerdict.FAX, waiting(s, DecidedBy.FAX_TONE, now, tone.hertz, length), s);
        }
        if (now < s.sinceMillis + s.silentForMillis) return Step.to(s);
        boolean toned = s.tones.count > 0;
        var again = new State.Waiting(s.setting, now, s.setting.rules.initialSilenceMillis(), s.tones);
        return decided(
                s.setting,
                toned ? MachineVerdict.NOT_SURE : MachineVerdict.SILENCE,
                waiting(s, toned ? DecidedBy.ONLY_TONES : DecidedBy.NO_WORD, now, 0, 0),
                again);
    }

    private static boolean isCed(Sounding tone) {
        return tone.single && isNear(tone.hertz, CED_HERTZ);
    }

    private static boolean isNear(double hertz, double expected) {
        return Math.abs(hertz - expected) <= FAX_WITHIN_HERTZ;
    }

    private static Step whileSpeaking(State.Speaking s, Event event) {
        return switch (event) {
            case Event.VoiceEnded voice -> wordEnded(s, voice);
            case Event.ToneBegan tone -> toneAfter(s.setting, s.listeningSince, s.greeting, tone, s);
            case Event.TimePassed time -> {
                if (time.atMillis >= spokenOut(s))
                    yield machine(
                            s.setting,
                            s.listeningSince,
                            upTo(s, time.atMillis),
                            DecidedBy.LONG_GREETING,
                            time.atMillis,
                            new Background.Voice());
                if (time.atMillis >= timeOut(s.greeting, s.setting))
                    yield timeIsOver(s.setting, s.listeningSince, upTo(s, time.atMillis), time.atMillis);
                yield Step.to(s);
            }
            case Event.VoiceBegan voice -> Step.to(s);
            case Event.ToneEnded tone -> Step.to(s);
        };
    }

    private static Step wordEnded(State.Speaking s, Event.VoiceEnded voice) {
        Greeting greeting = s.greeting.with(s.wordBegin, voice.endMillis, voice.levelDb, s.setting.rules);
        if (greeting.words() > s.setting.rules.maxWords())
            return machine(
                    s.setting,
                    s.listeningSince,
                    greeting,
                    DecidedBy.MANY_WORDS,
                    voice.atMillis,
                    new Background.Quiet(voice.endMillis));
        return Step.to(new State.Pausing(s.setting, s.listeningSince, greeting));
    }

    private static Step whilePausing(State.Pausing s, Event event) {
        return switch (event) {
            case Event.VoiceBegan voice -> {
                Greeting greeting = voice.levelDb > s.greeting.levelDb() + NEARER_DB
                        ? Greeting.beginning(voice.beginMillis, voice.levelDb)
                        : s.greeting;
                yield Step.to(new State.Speaking(s.setting, s.listeningSince, greeting, voice.beginMillis));
            }
            case Event.ToneBegan tone -> toneAfter(s.setting, s.listeningSince, s.greeting, tone, s);
            case Event.TimePassed time -> {
                if (time.atMillis >= waitedOut(s)) yield waitedAfter(s, time.atMillis);
                if (time.atMillis >= timeOut(s.greeting, s.setting))
                    yield timeIsOver(s.setting, s.listeningSince, s.greeting, time.atMillis);
                yield Step.to(s);
            }
            case Event.VoiceEnded voice -> Step.to(s);
            case Event.ToneEnded tone -> Step.to(s);
        };
    }

    private static Step waitedAfter(State.Pausing s, long now) {
        Greeting g = s.greeting;
        var again = new State.Waiting(s.setting, g.endMillis(), s.setting.rules.initialSilenceMillis(), Tones.NONE);
        // A cough, a click; after a ring what is left of one, where packets were lost.
        long least = s.listeningSince > 0 ? LEAST_AFTER_RING_MILLIS : 0;
        if (g.spokenMillis() < Math.max(least, s.setting.rules.minWordMillis())) return Step.to(again);
        DecidedBy rule = isShort(g, s.setting) ? DecidedBy.SHORT_GREETING : DecidedBy.GREETING_AND_SILENCE;
        return decided(
                s.setting, MachineVerdict.HUMAN, evidence(s.setting, s.listeningSince, g, rule, now, 0, 0), again);
    }

    /** A tone after words: a beep, unless what came before was no greeting. */
    private static Step toneAfter(
            Setting setting, long since, Greeting greeting, Event.ToneBegan tone, State otherwise) {
        Greeting said = otherwise instanceof State.Speaking speaking
                ? greeting.with(
                        speaking.wordBegin,
                        Math.max(speaking.wordBegin, tone.beginMillis),
                        greeting.levelDb(),
                        setting.rules)
                : greeting;
        if (said.spokenMillis() < LEAST_BEFORE_BEEP_MILLIS) {
            var waiting = new State.Waiting(setting, since, setting.rules.initialSilenceMillis(), Tones.NONE);
            return Step.to(sounding(waiting, tone));
        }
        if (!tone.single || tone.hertz < LOWEST_BEEP_HERTZ) return Step.to(otherwise);
        var evidence = evidence(
                setting, since, said, DecidedBy.BEEP, tone.atMillis, tone.hertz, tone.atMillis - tone.beginMillis);
        var beeping = new Background.Beeping(new Sounding(tone.beginMillis, tone.hertz, true), said.endMillis());
        return Step.to(
                new State.Hearing(setting, tone.atMillis, beeping), new Decided(MachineVerdict.MACHINE, evidence));
    }

    /** When what is spoken becomes longer than a person's greeting. */
    private static long spokenOut(State.Speaking s) {
        return s.wordBegin + Math.max(0, s.setting.rules.longestGreetingMillis() - s.greeting.spokenMillis());
    }

    private static long waitedOut(State.Pausing s) {
        return s.greeting.endMillis() + s.setting.rules.silenceAfterMillis(s.greeting.lengthMillis());
    }

    private static boolean isShort(Greeting greeting, Setting setting) {
        return greeting.lengthMillis() <= setting.rules.greetingMillis();
    }

    private static long timeOut(Greeting greeting, Setting setting) {
        return greeting.beginMillis() + setting.rules.totalMillis();
    }

    private static Greeting upTo(State.Speaking s, long now) {
        return s.greeting.with(s.wordBegin, now, s.greeting.levelDb(), s.setting.rules);
    }

    private static Step timeIsOver(Setting setting, long since, Greeting greeting, long now) {
        return decided(
                setting,
                MachineVerdict.NOT_SURE,
                evidence(setting, since, greeting, DecidedBy.TIME, now, 0, 0),
                new State.Waiting(setting, now, setting.rules.initialSilenceMillis(), Tones.NONE));
    }

    private static Step machine(
            Setting setting, long since, Greeting greeting, DecidedBy rule, long now, Background background) {
        return Step.to(
                new State.Hearing(setting, now, background),
                new Decided(MachineVerdict.MACHINE, evidence(setting, since, greeting, rule, now, 0, 0)));
    }

    /** Before the answer nobody can have answered: whatever sounds like a person goes on. */
    private static Step decided(Setting setting, MachineVerdict verdict, MachineEvidence evidence, State otherwise) {
        if (setting.beforeAnswer && verdict != MachineVerdict.FAX) return Step.to(otherwise);
        return Step.to(new State.Over(), new Decided(verdict, evidence));
    }

    private static MachineEvidence waiting(State.Waiting s, DecidedBy rule, long now, double hertz, long toneMillis) {
        return new MachineEvidence(
                rule, now, s.setting.beforeAnswer, now, 0, 0, 0, 0, 0, toneMillis, (int) Math.round(hertz));
    }

    private static MachineEvidence evidence(
            Setting setting, long since, Greeting g, DecidedBy rule, long now, double hertz, long toneMillis) {
        return new MachineEvidence(
                rule,
                now,
                setting.beforeAnswer,
                g.beginMillis() - since,
                g.firstWordMillis(),
                g.lengthMillis(),
                g.words(),
                g.longestPauseMillis(),
                Math.max(0, now - g.endMillis()),
                toneMillis,
                (int) Math.round(hertz));
    }

    private static Step whileHearing(State.Hearing s, Event event) {
        return switch (event) {
            case Event.VoiceBegan voice -> Step.to(now(s, new Background.Voice()));
            case Event.VoiceEnded voice -> Step.to(now(s, new Background.Quiet(voice.endMillis)));
            case Event.ToneBegan tone ->
                Step.to(now(
                        s,
                        new Background.Beeping(
                                new Sounding(tone.beginMillis, tone.hertz, tone.single), tone.beginMillis)));
            case Event.ToneEnded tone -> {
                long length = tone.endMillis - tone.beginMillis;
                boolean isBeep = s.now instanceof Background.Beeping beeping
                        && beeping.tone.single
                        && tone.hertz >= LOWEST_BEEP_HERTZ
                        && length <= LONGEST_BEEP_MILLIS;
                yield Step.to(now(
                        s,
                        isBeep ? new Background.Beeped(length, tone.endMillis) : new Background.Quiet(tone.endMillis)));
            }
            case Event.TimePassed time -> heardFor(s, time.atMillis);
        };
    }

    private static State.Hearing now(State.Hearing s, Background background) {
        return new State.Hearing(s.setting, s.sinceMillis, background);
    }

    private static Step heardFor(State.Hearing s, long now) {
        if (s.now instanceof Background.Beeped beeped && now >= beeped.endMillis + QUIET_AFTER_BEEP_MILLIS)
            return over(GreetingEnd.BEEP, now, beeped.beepMillis);
        if (s.now instanceof Background.Quiet quiet
                && now >= quiet.sinceMillis + s.setting.rules.messageSilenceMillis())
            return over(GreetingEnd.SILENCE, now, 0);
        if (now >= s.sinceMillis + s.setting.rules.longestMessageMillis()) return over(GreetingEnd.TOO_LONG, now, 0);
        return Step.to(s);
    }

    private static Step over(GreetingEnd how, long now, long beepMillis) {
        return Step.to(new State.Over(), new GreetingEnded(how, now, beepMillis));
    }
}

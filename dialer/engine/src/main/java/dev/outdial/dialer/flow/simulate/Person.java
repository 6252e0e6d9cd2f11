package dev.outdial.dialer.flow.simulate;

import dev.outdial.dialer.flow.simulate.CallerLine.Deed;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Who is at the far end: does what the script says, one after the other, and hears what it waits for. */
final class Person {
    private static final Duration DURING = Duration.ofMillis(When.DURING_MILLIS);

    private final List<Deed> deeds;
    private final Timeline timeline;
    private final Consumer<Character> press;
    private final Runnable hangUp;
    private int next;
    private Optional<When> listensFor = Optional.empty();

    Person(List<Deed> deeds, Timeline timeline, Consumer<Character> press, Runnable hangUp) {
        this.deeds = deeds;
        this.timeline = timeline;
        this.press = press;
        this.hangUp = hangUp;
    }

    /** Begins with the first deed. */
    void begin() {
        if (next == deeds.size()) return;
        switch (deeds.get(next).when()) {
            case When.AtOnce when -> in(Duration.ZERO);
            case When.At when -> in(when.time().minus(timeline.now()));
            case When.After when -> in(when.time());
            case When.AfterPrompt when -> listensFor = Optional.of(when);
            case When.DuringPrompt when -> listensFor = Optional.of(when);
        }
    }

    /** Something is heard from now on, for so long; without end where empty. */
    void hears(String prompt, Optional<Duration> length) {
        if (listensFor.orElse(null) instanceof When.DuringPrompt during && contains(prompt, during.text())) {
            Duration half = length.map(whole -> whole.dividedBy(2)).orElse(DURING);
            in(half.compareTo(DURING) < 0 ? half : DURING);
        }
    }

    /** It is over, or was stopped. */
    void heard(String prompt) {
        if (listensFor.orElse(null) instanceof When.AfterPrompt after && contains(prompt, after.text())) {
            in(after.delay());
        }
    }

    /** What was never done. */
    List<Deed> unused() {
        return deeds.subList(next, deeds.size());
    }

    private static boolean contains(String prompt, String part) {
        return prompt.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }

    private void in(Duration time) {
        listensFor = Optional.empty();
        timeline.in(time, this::act);
    }

    private void act() {
        switch (deeds.get(next++)) {
            case CallerLine.HangsUp deed -> hangUp.run();
            case CallerLine.Presses deed -> press(deed.keys(), 0);
        }
    }

    private void press(String keys, int at) {
        if (at == keys.length()) {
            begin();
            return;
        }
        press.accept(keys.charAt(at));
        Duration apart = Duration.ofMillis(at + 1 < keys.length() ? CallerLine.KEY_APART_MILLIS : 0);
        if (apart.isZero()) press(keys, at + 1);
        else timeline.in(apart, () -> press(keys, at + 1));
    }
}

package dev.outdial.dialer.call;

import dev.outdial.dialer.digits.DigitCollection;
import dev.outdial.dialer.digits.Digits;
import dev.outdial.dialer.gather.Gather;
import dev.outdial.dialer.gather.GatherMachine;
import dev.outdial.media.MediaEvent;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where the far end's keys go in one call: to who collects or gathers them, one at a time, else they are kept for the next. What ends a
 * prompt is told to who plays it. <b>Threading:</b> belongs to the call's mailbox.
 */
final class KeyDesk {
    private final Prompts prompts;
    /** The last {@link Digits#MOST} keys that nobody took: a far end may press as many as it likes. */
    private final StringBuilder typedAhead = new StringBuilder();

    private @Nullable Collecting collecting;
    private @Nullable Gathering gathering;

    private record Collecting(DigitCollection collection, CompletableFuture<String> result) {}

    /** Ends clips that play or wait to. */
    @FunctionalInterface
    interface Prompts {
        void stop(Predicate<CompletableFuture<MediaEvent.Played>> which);
    }

    KeyDesk(Prompts prompts) {
        this.prompts = prompts;
    }

    private boolean isFree(CompletableFuture<?> asked) {
        boolean free = collecting == null && gathering == null;
        if (!free) {
            asked.completeExceptionally(
                    new IllegalStateException("another collection or gathering of digits is going on"));
        }
        return free;
    }

    /** Begins a collection where nobody waits for keys already. */
    void collect(Digits rule, CompletableFuture<String> result, long nowNanos) {
        if (!isFree(result)) return;
        if (!rule.typeAhead()) typedAhead.setLength(0);
        collecting = new Collecting(DigitCollection.begin(rule, nowNanos), result);
        pressTypedAhead(nowNanos);
    }

    /**
     * Begins a gathering where nobody waits for keys already.
     *
     * @return false where somebody does
     */
    boolean gather(Gathering wanted, CompletableFuture<Gather> begun, long nowNanos) {
        if (!isFree(begun)) return false;
        if (!wanted.request().typeAhead()) typedAhead.setLength(0);
        wanted.begin(nowNanos);
        gathering = wanted;
        pressTypedAhead(nowNanos);
        return true;
    }

    private void pressTypedAhead(long nowNanos) {
        while ((collecting != null || gathering != null) && !typedAhead.isEmpty()) {
            char key = typedAhead.charAt(0);
            typedAhead.deleteCharAt(0);
            press(key, nowNanos);
        }
    }

    /** The far end pressed a key. */
    void press(char key, long nowNanos) {
        Collecting current = collecting;
        if (current != null) {
            Digits rule = current.collection().rule();
            if (rule.bargeIn() && rule.counts(key)) prompts.stop(any -> true);
            advance(current, current.collection().press(key, nowNanos));
        } else if (gathering != null) {
            step(new GatherMachine.Event.Key(key), nowNanos);
        } else {
            if (typedAhead.length() == Digits.MOST) typedAhead.deleteCharAt(0);
            typedAhead.append(key);
        }
    }

    /** Early or repeated ticks do no harm. */
    void tick(long nowNanos) {
        Collecting current = collecting;
        if (current != null) advance(current, current.collection().at(nowNanos));
        step(new GatherMachine.Event.Tick(), nowNanos);
    }

    /** A clip may have come to its end. */
    void promptMayBeOver(long nowNanos) {
        if (gathering != null && gathering.isPromptOver()) step(new GatherMachine.Event.PromptOver(), nowNanos);
    }

    void cancel(Gathering unwanted, long nowNanos) {
        if (unwanted.equals(gathering)) step(new GatherMachine.Event.Cancel(), nowNanos);
    }

    /** The call is over. */
    void over() {
        step(new GatherMachine.Event.HungUp(), 0); // which does not ask for the time
    }

    OptionalLong nextDeadlineNanos() {
        if (collecting != null) return OptionalLong.of(collecting.collection().deadlineNanos());
        return gathering == null ? OptionalLong.empty() : gathering.nextDeadlineNanos();
    }

    private void step(GatherMachine.Event event, long nowNanos) {
        Gathering current = gathering;
        if (current == null) return;
        if (current.step(event, nowNanos)) prompts.stop(current::isPrompt);
        if (current.isDone()) {
            gathering = null;
            current.tell();
        }
    }

    private void advance(Collecting current, DigitCollection.Progress progress) {
        switch (progress) {
            case DigitCollection.Progress.Waiting waiting ->
                collecting = new Collecting(waiting.collection(), current.result());
            case DigitCollection.Progress.Done done -> {
                collecting = null;
                current.result().complete(done.digits());
            }
        }
    }
}

package dev.outdial.dialer.call;

import dev.outdial.dialer.digits.DigitCollection;
import dev.outdial.dialer.digits.Digits;
import dev.outdial.media.MediaEvent;
import dev.outdial.media.dtmf.InfoDigits;
import dev.outdial.media.rtp.EncodedClip;
import dev.outdial.sip.message.MessageBody;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is said and heard in one call after its answer: prompts and keys out, keys in. <b>Threading:</b> belongs to the
 * call's mailbox.
 */
final class Conversation {
    private final Mouth media;
    private final Queue<HeldBack> heldBack = new ArrayDeque<>();
    private final Map<Long, CompletableFuture<MediaEvent.Played>> playing = new HashMap<>();
    private final Map<Long, CompletableFuture<MediaEvent.DigitsSent>> sending = new HashMap<>();
    /** Keys that go out by INFO, one order after the other. */
    private final Deque<Pressing> pressing = new ArrayDeque<>();

    private final Optional<Consumer<MessageBody>> info;
    private final StringBuilder typedAhead = new StringBuilder();
    private FirstWordGuard firstWord;
    private @Nullable Collecting collecting;

    /** Something to be sent once the far end listens. */
    private record HeldBack(boolean isClip, Runnable output) {}

    private record Pressing(String digits, InfoKeys keys, CompletableFuture<MediaEvent.DigitsSent> result) {}

    private record Collecting(DigitCollection collection, CompletableFuture<String> result) {}

    /** @param info sends the body of an INFO, where keys go out that way */
    Conversation(Mouth media, Optional<Consumer<MessageBody>> info, long answeredNanos) {
        this.media = media;
        this.info = info;
        firstWord = FirstWordGuard.answeredAt(answeredNanos);
    }

    void play(EncodedClip clip, int times, double volumeDb, CompletableFuture<MediaEvent.Played> result) {
        whenHeard(new HeldBack(true, () -> {
            if (isAgreed(clip)) playing.put(media.play(clip, times, volumeDb), result);
            else result.complete(new MediaEvent.Played(0, 0, false));
        }));
    }

    void playBeneath(EncodedClip clip, double volumeDb) {
        whenHeard(new HeldBack(true, () -> {
            if (isAgreed(clip)) media.playBeneath(clip, volumeDb);
        }));
    }

    /** Another codec may have been agreed on since the clip was chosen. */
    private boolean isAgreed(EncodedClip clip) {
        return media.takes(clip);
    }

    /** Ends what plays; what is held back is stopped before its first sample and reported as any other. Keys are still sent. */
    void stopPlaying() {
        heldBack.stream().filter(HeldBack::isClip).forEach(clip -> clip.output().run());
        heldBack.removeIf(HeldBack::isClip);
        media.stopPlaying();
    }

    void sendDigits(
            String digits,
            int toneMillis,
            int pauseMillis,
            CompletableFuture<MediaEvent.DigitsSent> result,
            long nowNanos) {
        if (info.isPresent()) {
            pressing.add(new Pressing(digits, InfoKeys.begin(digits, toneMillis, pauseMillis, nowNanos), result));
            press(nowNanos);
            return;
        }
        whenHeard(new HeldBack(false, () -> sending.put(media.sendDigits(digits, toneMillis, pauseMillis), result)));
    }

    void collect(Digits rule, CompletableFuture<String> result, long nowNanos) {
        if (collecting != null) {
            result.completeExceptionally(new IllegalStateException("another collection of digits is going on"));
            return;
        }
        collecting = new Collecting(DigitCollection.begin(rule, nowNanos), result);
        while (collecting != null && !typedAhead.isEmpty()) {
            char key = typedAhead.charAt(0);
            typedAhead.deleteCharAt(0);
            advance(collecting.collection().press(key));
        }
    }

    void digit(char key) {
        if (collecting == null) {
            typedAhead.append(key);
        } else {
            advance(collecting.collection().press(key));
        }
    }

    void farEndHeard() {
        firstWord = firstWord.heardFarEnd();
        releaseHeldBack();
    }

    void played(MediaEvent.Played event, long nowNanos) {
        var waiting = playing.remove(event.playId());
        if (waiting != null) {
            waiting.complete(event);
        }
        press(nowNanos);
    }

    void digitsSent(MediaEvent.DigitsSent event) {
        var waiting = sending.remove(event.digitsId());
        if (waiting != null) {
            waiting.complete(event);
        }
    }

    /** Early or repeated ticks do no harm. */
    void tick(long nowNanos) {
        press(nowNanos);
        firstWord = firstWord.at(nowNanos);
        releaseHeldBack();
        if (collecting != null) {
            advance(collecting.collection().at(nowNanos));
        }
    }

    OptionalLong nextDeadlineNanos() {
        Collecting current = collecting;
        Pressing keys = isTalking() ? null : pressing.peek();
        return earliest(
                heldBack.isEmpty() ? OptionalLong.empty() : firstWord.nextDeadlineNanos(),
                current == null
                        ? OptionalLong.empty()
                        : OptionalLong.of(current.collection().deadlineNanos()),
                keys == null
                        ? OptionalLong.empty()
                        : OptionalLong.of(keys.keys().dueNanos()));
    }

    private static OptionalLong earliest(OptionalLong... deadlines) {
        OptionalLong earliest = OptionalLong.empty();
        for (OptionalLong deadline : deadlines) {
            if (deadline.isPresent() && (earliest.isEmpty() || deadline.getAsLong() - earliest.getAsLong() < 0)) {
                earliest = deadline;
            }
        }
        return earliest;
    }

    /** Whether a clip is being sent or waits to be: keys come after it. */
    private boolean isTalking() {
        return !playing.isEmpty() || heldBack.stream().anyMatch(HeldBack::isClip);
    }

    /** Presses by INFO what is due. */
    private void press(long nowNanos) {
        while (!isTalking() && !pressing.isEmpty() && info.isPresent()) {
            Pressing order = pressing.element();
            // It waited for what played: its first pause begins now.
            boolean begun = order.keys().left().length() < order.digits().length();
            InfoKeys.Step step = (begun ? order.keys() : order.keys().from(nowNanos)).at(nowNanos);
            step.press()
                    .ifPresent(key -> info.get()
                            .accept(new MessageBody(
                                    InfoDigits.RELAY,
                                    InfoDigits.write(key, order.keys().toneMillis()))));
            pressing.remove();
            if (step.next().isPresent()) {
                pressing.addFirst(new Pressing(order.digits(), step.next().get(), order.result()));
                return;
            }
            order.result().complete(new MediaEvent.DigitsSent(0, order.digits()));
        }
    }

    private void whenHeard(HeldBack output) {
        heldBack.add(output);
        releaseHeldBack();
    }

    private void releaseHeldBack() {
        while (firstWord.open() && !heldBack.isEmpty()) {
            heldBack.remove().output().run();
        }
    }

    private void advance(DigitCollection.Progress progress) {
        Collecting current = collecting;
        if (current == null) {
            return;
        }
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

package dev.outdial.dialer.call;

import dev.outdial.dialer.digits.Digits;
import dev.outdial.dialer.gather.Gather;
import dev.outdial.media.MediaEvent;
import dev.outdial.media.dtmf.InfoDigits;
import dev.outdial.media.rtp.EncodedClip;
import dev.outdial.sip.message.MessageBody;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;

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
    private final KeyDesk keys = new KeyDesk(this::stopPrompts);
    private FirstWordGuard firstWord;

    /**
     * Something to be sent once the far end listens.
     *
     * @param prompt who waits for it, where it is a clip that comes after others
     */
    private record HeldBack(boolean isClip, Optional<CompletableFuture<MediaEvent.Played>> prompt, Runnable output) {}

    private record Pressing(String digits, InfoKeys keys, CompletableFuture<MediaEvent.DigitsSent> result) {}

    /** @param info sends the body of an INFO, where keys go out that way */
    Conversation(Mouth media, Optional<Consumer<MessageBody>> info, long answeredNanos) {
        this.media = media;
        this.info = info;
        firstWord = FirstWordGuard.answeredAt(answeredNanos);
    }

    void play(EncodedClip clip, int times, double volumeDb, CompletableFuture<MediaEvent.Played> result) {
        whenHeard(new HeldBack(true, Optional.of(result), () -> {
            if (isAgreed(clip)) playing.put(media.play(clip, times, volumeDb), result);
            else result.complete(new MediaEvent.Played(0, 0, false));
        }));
    }

    void playBeneath(EncodedClip clip, double volumeDb) {
        whenHeard(new HeldBack(true, Optional.empty(), () -> {
            if (isAgreed(clip)) media.playBeneath(clip, volumeDb);
        }));
    }

    /** Another codec may have been agreed on since the clip was chosen. */
    private boolean isAgreed(EncodedClip clip) {
        return media.takes(clip);
    }

    /** Ends what plays; what is held back is stopped before its first sample and reported as any other. Keys are still sent. */
    void stopPlaying(long nowNanos) {
        release(HeldBack::isClip);
        media.stopPlaying();
        keys.promptMayBeOver(nowNanos);
    }

    /** Ends these clips, wherever they are; what lies beneath goes on. */
    private void stopPrompts(Predicate<CompletableFuture<MediaEvent.Played>> which) {
        release(waiting -> waiting.prompt().filter(which).isPresent());
        // Of a copy: who stops at once reports at once.
        Map.copyOf(playing).forEach((id, result) -> {
            if (which.test(result)) media.stopPlaying(id);
        });
    }

    private void release(Predicate<HeldBack> which) {
        heldBack.stream().filter(which).forEach(waiting -> waiting.output().run());
        heldBack.removeIf(which);
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
        whenHeard(new HeldBack(
                false, Optional.empty(), () -> sending.put(media.sendDigits(digits, toneMillis, pauseMillis), result)));
    }

    void collect(Digits rule, CompletableFuture<String> result, long nowNanos) {
        keys.collect(rule, result, nowNanos);
    }

    /** Gathers keys after a prompt, if there is any; completes when it has begun. */
    void gather(Gathering gathering, List<PlayOrder> prompt, CompletableFuture<Gather> begun, long nowNanos) {
        if (!keys.gather(gathering, begun, nowNanos)) return;
        if (gathering.isPrompting()) {
            for (PlayOrder order : prompt) {
                var sent = new CompletableFuture<MediaEvent.Played>();
                gathering.prompts(sent);
                play(order.clip(), order.times(), order.volumeDb(), sent);
            }
            keys.promptMayBeOver(nowNanos);
        }
        begun.complete(gathering);
    }

    void cancel(Gathering gathering, long nowNanos) {
        keys.cancel(gathering, nowNanos);
    }

    void digit(char key, long nowNanos) {
        keys.press(key, nowNanos);
    }

    /** The call is over: whoever gathers keys is told so. */
    void over() {
        keys.over();
    }

    void farEndHeard(long nowNanos) {
        firstWord = firstWord.heardFarEnd();
        releaseHeldBack();
        keys.promptMayBeOver(nowNanos);
    }

    void played(MediaEvent.Played event, long nowNanos) {
        var waiting = playing.remove(event.playId());
        if (waiting != null) {
            waiting.complete(event);
        }
        keys.promptMayBeOver(nowNanos);
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
        keys.promptMayBeOver(nowNanos);
        keys.tick(nowNanos);
    }

    OptionalLong nextDeadlineNanos() {
        Optional<Pressing> next = isTalking() ? Optional.empty() : Optional.ofNullable(pressing.peek());
        return earliest(
                heldBack.isEmpty() ? OptionalLong.empty() : firstWord.nextDeadlineNanos(),
                keys.nextDeadlineNanos(),
                next.isEmpty()
                        ? OptionalLong.empty()
                        : OptionalLong.of(next.get().keys().dueNanos()));
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
}

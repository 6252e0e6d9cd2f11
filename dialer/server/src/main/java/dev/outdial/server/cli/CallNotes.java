package dev.outdial.server.cli;

import dev.outdial.dialer.event.CallEvent;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Listens to one call: says what happens while it happens, and remembers what the report needs.
 *
 * <p><b>Threading:</b> {@link #accept} on the call's listener thread; what waits on any; the rest after {@link #awaitLast}.
 */
final class CallNotes implements Consumer<CallEvent> {
    private final Consumer<String> progress;
    private final StringBuilder digits = new StringBuilder();
    private final CountDownLatch answer = new CountDownLatch(1);
    private final CountDownLatch last = new CountDownLatch(1);
    private volatile @Nullable String codec;
    private long sentNanos;
    private volatile OptionalLong setupNanos = OptionalLong.empty();
    private boolean encrypted;
    private long playedMillis;
    private int clipsPlayed;
    private int clipsPlayedWhole;
    private Optional<CallEvent.MachineDetected> detected = Optional.empty();
    private Optional<CallEvent.GreetingEnded> greetingEnd = Optional.empty();

    /** @param progress takes a line for people, live */
    CallNotes(Consumer<String> progress) {
        this.progress = progress;
    }

    @Override
    public void accept(CallEvent event) {
        switch (event) {
            case CallEvent.Sent sent -> {
                sentNanos = System.nanoTime();
                progress.accept("INVITE sent");
            }
            case CallEvent.Ringing ringing ->
                progress.accept((ringing.earlyMedia() ? "early media" : "ringing") + " (" + ringing.status() + ")");
            case CallEvent.Answered answered -> {
                setupNanos = OptionalLong.of(System.nanoTime() - sentNanos);
                codec = answered.codec();
                encrypted = answered.encrypted();
                progress.accept("answered, " + answered.codec() + (answered.encrypted() ? ", encrypted" : ""));
                answer.countDown();
            }
            case CallEvent.DigitPressed digit -> {
                digits.append(digit.digit());
                progress.accept("the far end pressed " + digit.digit() + " for " + digit.durationMillis() + " ms");
            }
            case CallEvent.ToneHeard tone ->
                progress.accept("heard " + tone.kind().words()
                        + (tone.frequencyHz() > 0 ? " of " + Math.round(tone.frequencyHz()) + " Hz" : "") + ", "
                        + tone.durationMillis() + " ms" + (tone.early() ? ", before the answer" : ""));
            case CallEvent.Played played -> {
                playedMillis += played.millis();
                clipsPlayed++;
                clipsPlayedWhole += played.whole() ? 1 : 0;
                progress.accept("played " + played.millis() + " ms" + (played.whole() ? "" : ", cut short"));
            }
            case CallEvent.RecordingFailed failed -> progress.accept("the recording failed: " + failed.why());
            case CallEvent.RecordingEnded ended ->
                progress.accept("recorded " + ended.result().length().toMillis() + " ms to " + ended.file());
            case CallEvent.HeldByFarEnd held ->
                progress.accept(held.held() ? "the far end put us on hold" : "the far end took us off hold");
            case CallEvent.Transferring transferring ->
                progress.accept("transfer: " + transferring.status() + " " + transferring.reason());
            case CallEvent.Detour detour ->
                progress.accept("failed (" + Sentences.of(detour.failed()) + "), trying elsewhere");
            case CallEvent.Retrying retrying ->
                progress.accept("came to nothing (" + Sentences.of(retrying.failed()) + "), attempt "
                        + retrying.attempt() + " at " + retrying.when());
            case CallEvent.MachineDetected detected -> {
                this.detected = Optional.of(detected);
                progress.accept("answered by "
                        + AmdReport.of(detected, Optional.empty()).sentence());
            }
            case CallEvent.GreetingEnded over -> {
                greetingEnd = Optional.of(over);
                progress.accept("the greeting is over: " + over.how().word()
                        + (over.beepMillis() > 0 ? " of " + over.beepMillis() + " ms" : ""));
            }
            case CallEvent.GatherEnded over ->
                progress.accept("gathered " + over.result().digits().length() + " keys: "
                        + over.result().reason().word());
            case CallEvent.Ended ended -> {
                progress.accept("ended: " + Sentences.of(ended.outcome()));
                answer.countDown();
                last.countDown();
            }
        }
    }

    /** The time from the INVITE to the answer, as a listener sees it. */
    OptionalLong setupNanos() {
        return setupNanos;
    }

    /** Whether the sound went encrypted. */
    boolean encrypted() {
        return encrypted;
    }

    /** Waits until the answer was heard, or the end. */
    void awaitAnswered() throws InterruptedException {
        answer.await();
    }

    /** Waits until the last event was heard: they come a little after the call's own methods return. */
    void awaitLast() throws InterruptedException {
        last.await();
    }

    /** Whether the answer was heard and the end was not. */
    boolean isUp() {
        return codec != null && last.getCount() > 0;
    }

    /** Who answered, where that was asked for and found out. */
    Optional<AmdReport> amd() {
        return detected.map(found -> AmdReport.of(found, greetingEnd));
    }

    String digits() {
        return digits.toString();
    }

    Optional<String> codec() {
        return Optional.ofNullable(codec);
    }

    long playedMillis() {
        return playedMillis;
    }

    int clipsPlayed() {
        return clipsPlayed;
    }

    int clipsPlayedWhole() {
        return clipsPlayedWhole;
    }
}

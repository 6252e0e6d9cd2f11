package dev.outdial.dialer.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.digits.DigitSource;
import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.journal.CallJournal;
import dev.outdial.dialer.journal.JournalEntry;
import dev.outdial.dialer.journal.JournalEntry.DigitAcknowledged;
import dev.outdial.dialer.journal.JournalEntry.PromptFinished;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class JournalWriterTest {
    private final List<String> kept = new ArrayList<>();
    private final List<CompletableFuture<Void>> open = new ArrayList<>();
    private final List<CallEvent> told = new ArrayList<>();

    private final JournalWriter slow = new JournalWriter(
            (callId, seq, entry) -> {
                kept.add(callId + " " + seq + " " + word(entry));
                var stage = new CompletableFuture<Void>();
                open.add(stage);
                return stage;
            },
            "call");

    @Test
    void theEntriesOfACallAreWrittenOneAfterTheOther() {
        CompletableFuture<Void> one = slow.append(key('1')).toCompletableFuture();
        CompletableFuture<Void> two = slow.append(key('2')).toCompletableFuture();
        slow.append(new PromptFinished(900, true));
        assertThat(kept).containsExactly("call 1 1");
        assertThat(one).isNotDone();
        open.get(0).complete(null);
        assertThat(one).isCompleted();
        assertThat(two).isNotDone();
        assertThat(kept).containsExactly("call 1 1", "call 2 2");
        open.get(1).complete(null);
        assertThat(kept).containsExactly("call 1 1", "call 2 2", "call 3 prompt");
    }

    @Test
    void whatFailsIsToldToWhoWaitsForItAndTheNextIsWritten() {
        var one = slow.append(key('1'));
        slow.append(key('2'));
        open.get(0).completeExceptionally(new IllegalStateException("the disk is full"));
        assertThat(one.toCompletableFuture()).isCompletedExceptionally();
        assertThat(kept).hasSize(2);
    }

    @Test
    void aJournalThatThrowsOrGivesNothingEndsNoCall() {
        CallJournal broken = (callId, seq, entry) -> {
            if (seq == 1) throw new IllegalStateException("broken");
            return nothing();
        };
        var writer = new JournalWriter(broken, "call");
        writer.before(told::add).accept(new CallEvent.DigitPressed('1', 100, DigitSource.TELEPHONE_EVENT));
        writer.before(told::add).accept(new CallEvent.Played(20, false));
        assertThat(told).hasSize(2);
        assertThat(writer.append(key('3')).toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void oneThatStandsStillTakesNoMoreThanItsShareOfMemory() {
        for (int i = 0; i < 1001; i++) slow.append(key('1'));
        var refused = slow.append(key('2')).toCompletableFuture();
        assertThat(refused).isCompletedExceptionally();
        assertThat(kept).hasSize(1);
    }

    @Test
    void keysAndClipsAreJournaledBeforeTheListenerHearsOfThem() {
        var ear = slow.before(event -> {
            told.add(event);
            kept.add("told");
        });
        ear.accept(new CallEvent.Sent());
        ear.accept(new CallEvent.DigitPressed('7', 160, DigitSource.INFO));
        assertThat(kept).containsExactly("told", "call 1 7", "told");
        assertThat(told).hasSize(2);
    }

    @Test
    void manyThatAreKeptAtOnceTakeNoStack() {
        List<Long> seqs = new ArrayList<>();
        var quick = new JournalWriter(
                (callId, seq, entry) -> {
                    seqs.add(seq);
                    return CompletableFuture.allOf();
                },
                "call");
        for (int i = 0; i < 20_000; i++) quick.append(key('1'));
        assertThat(seqs).hasSize(20_000).isSorted().endsWith(20_000L);
    }

    @SuppressWarnings("NullAway") // what a user's journal may do all the same
    private static CompletionStage<Void> nothing() {
        return null;
    }

    private static JournalEntry key(char digit) {
        return new DigitAcknowledged(digit, 100, DigitSource.TELEPHONE_EVENT);
    }

    private static String word(JournalEntry entry) {
        return switch (entry) {
            case DigitAcknowledged key -> String.valueOf(key.digit());
            case PromptFinished prompt -> "prompt";
            case JournalEntry.StepDone step -> step.stepId();
            case JournalEntry.DialogHeld held -> held.dialog().callId();
            case JournalEntry.DialogOver over -> "over";
        };
    }
}

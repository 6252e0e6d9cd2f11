package dev.outdial.sip.jain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DatagramSenderTest {
    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(2));
    private final DatagramSender sender = new DatagramSender(thread);
    private final List<String> sent = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        thread.shutdownNow();
    }

    @Test
    void whereNothingWaitsItIsSentByTheCaller() {
        sender.nowOrInTurn(() -> sent.add(Thread.currentThread().getName()));
        assertThat(sent).containsExactly(Thread.currentThread().getName());
    }

    @Test
    void whatIsGivenLaterIsNotSentBeforeWhatWaits() throws InterruptedException {
        var held = new CountDownLatch(1);
        var done = new CountDownLatch(2);
        sender.execute(() -> {
            await(held);
            sent.add("first");
        });
        sender.nowOrInTurn(() -> {
            sent.add("second");
            done.countDown();
        });
        sender.nowOrInTurn(() -> {
            sent.add("third");
            done.countDown();
        });
        assertThat(sent).isEmpty();
        held.countDown();
        done.await();
        assertThat(sent).containsExactly("first", "second", "third");
    }

    @Test
    void afterATaskThatFailedAndOneThatWasRefusedTheCallerSendsAgain() throws InterruptedException {
        var held = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        sender.execute(() -> await(held));
        sender.execute(() -> {
            throw new IllegalStateException("a fault that the thread does not survive");
        });
        sender.execute(done::countDown);
        assertThatThrownBy(() -> sender.nowOrInTurn(() -> sent.add("too many")))
                .isInstanceOf(RejectedExecutionException.class);
        held.countDown();
        done.await();
        String me = Thread.currentThread().getName();
        while (!sent.contains(me)) {
            try {
                sender.nowOrInTurn(() -> sent.add(Thread.currentThread().getName()));
            } catch (RejectedExecutionException twoWait) {
                // Those that were given in the rounds before.
                Thread.onSpinWait();
            }
        }
        assertThat(sent).contains(me);
    }

    @Test
    void onceClosedNothingIsSentByAnybody() {
        sender.close();
        assertThatThrownBy(() -> sender.nowOrInTurn(() -> sent.add("late")))
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(sent).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

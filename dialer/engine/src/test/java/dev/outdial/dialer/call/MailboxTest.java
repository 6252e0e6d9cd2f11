package dev.outdial.dialer.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One task at a time and in order, whoever brings and whoever runs it. */
@Timeout(60)
class MailboxTest {
    private static final int SENDERS = 4;
    private static final int EACH = 10_000;

    private final Mailboxes mailboxes = new Mailboxes();
    private final Mailbox mailbox = mailboxes.next("call");
    private final List<String> done = new ArrayList<>(); // belongs to the mailbox

    @AfterEach
    void close() {
        mailboxes.close();
    }

    @Test
    void whatIsBroughtIsRunOnAThreadOfItsOwn() throws Exception {
        var ran = new CompletableFuture<Thread>();

        mailbox.execute(() -> ran.complete(Thread.currentThread()));

        assertThat(ran.get(10, TimeUnit.SECONDS).getName()).startsWith("outdial-mailbox-");
    }

    @Test
    void aCallerWithNothingElseToDoRunsItsTaskAndWhatItLeadsTo() {
        mailbox.executeHere(() -> {
            mailbox.executeHere(
                    () -> done.add("then on " + Thread.currentThread().threadId()));
            mailbox.execute(() -> done.add("last on " + Thread.currentThread().threadId()));
            done.add("first");
        });

        long here = Thread.currentThread().threadId();
        assertThat(done).containsExactly("first", "then on " + here, "last on " + here);
    }

    @Test
    void whoeverComesWhileATaskIsRunLeavesTheirsToItsThread() throws Exception {
        var begun = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var second = new CompletableFuture<Thread>();
        mailbox.execute(() -> {
            begun.countDown();
            await(mayEnd);
        });
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

        mailbox.executeHere(() -> second.complete(Thread.currentThread()));
        assertThat(second).isNotDone();
        mayEnd.countDown();

        assertThat(second.get(10, TimeUnit.SECONDS).getName()).startsWith("outdial-mailbox-");
    }

    @Test
    void neitherATaskIsLostNorAreTwoRunAtOnceNorOneBeforeAnotherOfItsSender() throws Exception {
        int[] next = new int[SENDERS]; // neither is safe for two threads
        int[] wrong = {0};
        var left = new CountDownLatch(SENDERS * EACH);
        for (int sender = 0; sender < SENDERS; sender++) {
            int mine = sender;
            Thread.ofPlatform().start(() -> {
                for (int i = 0; i < EACH; i++) {
                    int number = i;
                    Runnable task = () -> {
                        mailbox.assertOwner();
                        if (next[mine]++ != number) wrong[0]++;
                        left.countDown();
                    };
                    if (mine % 2 == 0) mailbox.execute(task);
                    else mailbox.executeHere(task);
                }
            });
        }

        assertThat(left.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(next).containsOnly(EACH);
        assertThat(wrong[0]).isZero();
    }

    @Test
    void aTaskThatFailsKeepsNoneFromBeingRun() {
        mailbox.executeHere(() -> {
            mailbox.execute(() -> done.add("next"));
            throw new IllegalStateException("on purpose");
        });

        assertThat(done).containsExactly("next");
    }

    @Test
    void whatIsDueLaterIsRunThenUnlessItIsTakenBack() throws Exception {
        var ran = new CompletableFuture<Void>();
        Runnable takeBack = mailbox.after(TimeUnit.HOURS.toNanos(1), () -> done.add("taken back"));
        takeBack.run();

        Runnable unused = mailbox.after(1, () -> ran.complete(null));

        assertThat(ran).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(done).isEmpty();
    }

    @Test
    void onlyItsTasksOwnIt() {
        assertThatIllegalStateException().isThrownBy(mailbox::assertOwner);
        mailbox.executeHere(() -> {
            mailbox.assertOwner();
            done.add("owned");
        });
        assertThat(done).containsExactly("owned");
        assertThatIllegalStateException().isThrownBy(mailbox::assertOwner);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

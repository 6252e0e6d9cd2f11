package dev.outdial.dialer.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is due at once, soon, and in an hour. */
@Timeout(60)
class StripeTest {
    private static final long HOUR = Duration.ofHours(1).toNanos();
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Stripe stripe = new Stripe("stripe-test");
    private final CompletableFuture<Void> ran = new CompletableFuture<>();

    @AfterEach
    void close() {
        stripe.close();
    }

    private void runs() {
        ran.complete(null);
    }

    /** What was brought before it is done, or has been taken back. */
    private void settle() {
        var settled = new CompletableFuture<Void>();
        stripe.execute(() -> settled.complete(null));
        assertThat(settled).succeedsWithin(SOON);
    }

    @Test
    void whatIsDueSoonWaitsForNoLook() {
        Runnable unused = stripe.after(1_000, this::runs);

        assertThat(stripe.far()).isZero();
        assertThat(ran).succeedsWithin(SOON);
    }

    @Test
    void whatIsDueInAnHourIsRunWhenTheHourIsOver() {
        Runnable unused = stripe.after(HOUR, this::runs);
        long placedNanos = System.nanoTime();

        stripe.look(placedNanos + HOUR / 2);
        assertThat(stripe.far()).isOne();
        stripe.look(placedNanos + HOUR);

        assertThat(stripe.far()).isZero();
        assertThat(ran).succeedsWithin(SOON);
    }

    @Test
    void aLookJustBeforeTheTimeRunsNothingTooSoon() {
        long placedNanos = System.nanoTime();
        Runnable takeBack = stripe.after(HOUR, this::runs);

        stripe.look(placedNanos + HOUR - Duration.ofSeconds(1).toNanos());
        assertThat(stripe.far()).isZero();
        settle();
        assertThat(ran).isNotDone();
        takeBack.run();
    }

    @Test
    void whatIsTakenBackIsForgottenWhereverItWaits() {
        Runnable far = stripe.after(HOUR, this::runs);
        Runnable soon = stripe.after(Duration.ofMillis(1_500).toNanos(), this::runs);
        far.run();
        soon.run();
        far.run();

        assertThat(stripe.far()).isZero();
        stripe.look(System.nanoTime() + 2 * HOUR);
        settle();
        assertThat(ran).isNotDone();
    }

    @Test
    void closedItTakesNothingAndForgetsWhatWaits() {
        Runnable unused = stripe.after(HOUR, this::runs);

        stripe.close();

        assertThat(stripe.far()).isZero();
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> stripe.execute(this::runs));
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> stripe.after(1, this::runs));
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> stripe.after(HOUR, this::runs));
        assertThat(stripe.far()).isZero();
    }
}

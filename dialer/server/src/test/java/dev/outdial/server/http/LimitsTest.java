package dev.outdial.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.server.http.limit.TokenBucket.Rate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The limits of a key are exact, also where all its requests come at once. */
class LimitsTest {
    private static final String CALLS = "/api/v1/calls";

    private static List<Answer> fortyAtOnce(Supplier<Answer> request) throws InterruptedException, ExecutionException {
        var together = new CountDownLatch(1);
        var answers = new ArrayList<Answer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = new ArrayList<Future<Answer>>();
            Callable<Answer> one = () -> {
                together.await();
                return request.get();
            };
            for (int i = 0; i < 40; i++) futures.add(threads.submit(one));
            together.countDown();
            for (Future<Answer> future : futures) answers.add(future.get());
        }
        return answers;
    }

    private static long count(List<Answer> answers, int status) {
        return answers.stream().filter(answer -> answer.status() == status).count();
    }

    @Test
    void soManyASecondAndNoMore() throws InterruptedException, ExecutionException {
        var now = new AtomicLong();
        try (var api = new Api(HttpSettings.USUAL.limited(new Rate(2, 15), 100, 5), now::get)) {
            List<Answer> answers = fortyAtOnce(() -> api.sendAs(api.read, "GET", CALLS, ""));
            assertThat(count(answers, 200)).isEqualTo(15);
            assertThat(count(answers, 429)).isEqualTo(25);
            assertThat(answers.stream().filter(answer -> answer.status() == 429))
                    .allMatch(answer -> answer.header("Retry-After").equals("1"));
            // Another key has limits of its own.
            assertThat(api.get(CALLS).status()).isEqualTo(200);
            now.addAndGet(TimeUnit.MILLISECONDS.toNanos(500));
            assertThat(count(fortyAtOnce(() -> api.sendAs(api.read, "GET", CALLS, "")), 200))
                    .isEqualTo(1);
        }
    }

    @Test
    void soManyTogetherAndNoMore() throws InterruptedException, ExecutionException {
        try (var api = new Api(HttpSettings.USUAL.limited(new Rate(1000, 1000), 7, 5), System::nanoTime)) {
            String path = CALLS + "/" + api.placed() + "/hangup";
            // Those that are let in stay until all others were answered.
            var others = new CountDownLatch(40 - 7);
            api.fakes.calls.whileHangingUp = () -> await(others);
            List<Answer> answers = fortyAtOnce(() -> {
                Answer answer = api.post(path, "");
                if (answer.status() == 429) others.countDown();
                return answer;
            });
            assertThat(count(answers, 200)).isEqualTo(7);
            assertThat(count(answers, 429)).isEqualTo(33);
            assertThat(api.post(path, "").status()).isEqualTo(200);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoTriesKeysHasToWait() {
        var now = new AtomicLong();
        try (var api = new Api(HttpSettings.USUAL, now::get)) {
            var statuses = new ArrayList<Integer>();
            for (int i = 0; i < 21; i++)
                statuses.add(api.sendAs("od_wrong" + i, "GET", CALLS, "").status());
            assertThat(statuses.subList(0, 20)).containsOnly(401);
            assertThat(statuses.getLast()).isEqualTo(429);
            // A good key is good from there too.
            assertThat(api.get(CALLS).status()).isEqualTo(200);
        }
    }

    @Test
    void streamsHaveALimitOfTheirOwn() throws IOException, InterruptedException {
        try (var api = new Api(HttpSettings.USUAL.limited(new Rate(100, 100), 1, 2), System::nanoTime)) {
            var one = api.open("/api/v1/events");
            var two = api.open("/api/v1/events");
            assertThat(api.get("/api/v1/events").status()).isEqualTo(429);
            assertThat(api.get(CALLS).status()).isEqualTo(200);
            one.body().close();
            two.body().close();
        }
    }
}

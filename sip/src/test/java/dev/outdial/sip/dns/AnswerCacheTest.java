package dev.outdial.sip.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.dns.DnsRecord.Srv;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In simulated time, which starts just before the clock wraps around. */
class AnswerCacheTest {
    private static final Question QUESTION = new Question("Example.Test.", Question.Type.SRV);
    private static final Answer.Failed FAILED = new Answer.Failed(Answer.Failure.SILENT, "no answer");

    private final AnswerCache cache = new AnswerCache();
    private long now = Long.MAX_VALUE - 5;

    @ParameterizedTest
    @CsvSource({"60,60", "0,1", "1,1", "86400,86400", "2147483647,86400"})
    void anAnswerHoldsForItsTimeWithinBounds(long ttl, long seconds) {
        var answer = found("a", ttl);
        assertThat(cache.fresh(QUESTION, now)).isEmpty();
        assertThat(cache.learn(QUESTION, answer, now)).isEqualTo(answer);
        now += seconds(seconds) - 1;
        assertThat(cache.fresh(new Question("example.test", Question.Type.SRV), now))
                .contains(answer);
        now += 1;
        assertThat(cache.fresh(QUESTION, now)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"60,60", "0,5", "3,5", "86400,300"})
    void aNegativeAnswerHoldsForItsTimeWithinBounds(long ttl, long seconds) {
        var answer = new Answer.Nothing(false, ttl);
        cache.learn(QUESTION, answer, now);
        now += seconds(seconds) - 1;
        assertThat(cache.fresh(QUESTION, now)).contains(answer);
        now += 1;
        assertThat(cache.fresh(QUESTION, now)).isEmpty();
    }

    @Test
    void aFailureHoldsForFiveSeconds() {
        assertThat(cache.learn(QUESTION, FAILED, now)).isEqualTo(FAILED);
        now += seconds(5) - 1;
        assertThat(cache.fresh(QUESTION, now)).contains(FAILED);
        now += 1;
        assertThat(cache.fresh(QUESTION, now)).isEmpty();
    }

    @Test
    void whereTheNameServerFailsTheLastAnswerIsUsedForAnHour() {
        var answer = found("a", 60);
        cache.learn(QUESTION, answer, now);
        now += seconds(61);
        assertThat(cache.learn(QUESTION, FAILED, now)).isEqualTo(answer);
        now += seconds(30) - 1;
        assertThat(cache.fresh(QUESTION, now)).as("not asked again at once").contains(answer);
        now += 1;
        assertThat(cache.fresh(QUESTION, now)).isEmpty();
        now += seconds(3600 - 32);
        assertThat(cache.learn(QUESTION, FAILED, now)).as("59:59 late").isEqualTo(answer);
        now += seconds(30);
        assertThat(cache.learn(QUESTION, FAILED, now)).as("over an hour late").isEqualTo(FAILED);
    }

    @Test
    void aNameThatIsGoneIsGone() {
        cache.learn(QUESTION, found("a", 60), now);
        now += seconds(61);
        var gone = new Answer.Nothing(false, 0);
        assertThat(cache.learn(QUESTION, gone, now)).isEqualTo(gone);
        now += seconds(6);
        assertThat(cache.learn(QUESTION, FAILED, now)).isEqualTo(FAILED);
    }

    @Test
    void aNewAnswerTakesThePlaceOfAStaleOne() {
        cache.learn(QUESTION, found("a", 60), now);
        now += seconds(61);
        cache.learn(QUESTION, FAILED, now);
        now += seconds(30);
        var renewed = found("b", 60);
        assertThat(cache.learn(QUESTION, renewed, now)).isEqualTo(renewed);
        assertThat(cache.fresh(QUESTION, now)).contains(renewed);
    }

    @Test
    void theCacheDoesNotGrow() {
        for (int i = 0; i < 10_000; i++) {
            cache.learn(new Question("name" + i, Question.Type.A), FAILED, now);
        }
        assertThat(cache.fresh(new Question("name9999", Question.Type.A), now)).isPresent();
        assertThat(cache.fresh(new Question("name8000", Question.Type.A), now)).isPresent();
        assertThat(cache.fresh(new Question("name7999", Question.Type.A), now)).isEmpty();
    }

    private static Answer found(String target, long ttl) {
        return new Answer.Found(List.of(new Srv(1, 1, 5060, target)), ttl);
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}

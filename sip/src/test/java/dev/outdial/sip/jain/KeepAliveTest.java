package dev.outdial.sip.jain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.jain.KeepAlive.Deed;
import dev.outdial.sip.jain.KeepAlive.Terms;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KeepAliveTest {
    private static final long START = -7;

    private static long after(long seconds) {
        return START + TimeUnit.SECONDS.toNanos(seconds);
    }

    private static KeepAlive connection(boolean answersPings) {
        return new KeepAlive(Terms.STANDARD, answersPings, START, 0);
    }

    @Test
    void aPingGoesOutEvery25To30Seconds() {
        var connection = connection(false);
        assertThat(connection.due(false, after(24), 0)).isEqualTo(Deed.NOTHING);
        assertThat(connection.due(false, after(25), 1)).isEqualTo(Deed.PING);
        connection.crlf();
        assertThat(connection.due(false, after(54), 0)).isEqualTo(Deed.NOTHING);
        assertThat(connection.due(false, after(55), 0)).isEqualTo(Deed.PING);
    }

    @Test
    void whoAnsweredPingsAndStopsIsGivenUpAfterTenSeconds() {
        var connection = connection(false);
        assertThat(connection.due(false, after(25), 0)).isEqualTo(Deed.PING);
        connection.crlf();
        assertThat(connection.answersPings()).isTrue();
        assertThat(connection.due(false, after(50), 0)).isEqualTo(Deed.PING);
        assertThat(connection.due(false, after(59), 0)).isEqualTo(Deed.NOTHING);
        assertThat(connection.due(false, after(60), 0)).isEqualTo(Deed.GIVE_UP);
    }

    @Test
    void whoNeverAnsweredIsPingedAndNotGivenUp() {
        var connection = connection(false);
        for (int second = 25; second < 3_000; second += 25)
            assertThat(connection.due(false, after(second), 0)).isEqualTo(Deed.PING);
        assertThat(connection.answersPings()).isFalse();
    }

    @Test
    void whoAnsweredOnAnEarlierConnectionMustAnswerOnThisOne() {
        var connection = connection(true);
        assertThat(connection.due(false, after(25), 0)).isEqualTo(Deed.PING);
        assertThat(connection.due(false, after(35), 0)).isEqualTo(Deed.GIVE_UP);
    }

    @Test
    void aMessageIsAsGoodAsAnAnswer() {
        var connection = connection(true);
        assertThat(connection.due(false, after(25), 0)).isEqualTo(Deed.PING);
        connection.message(true, after(26));
        assertThat(connection.due(false, after(35), 0)).isEqualTo(Deed.NOTHING);
    }

    @Test
    void anHourAfterTheLastMessageThePingsEndUnlessTheyAreWanted() {
        var connection = connection(false);
        connection.message(false, after(10));
        assertThat(connection.due(false, after(3_609), 0)).isEqualTo(Deed.PING);
        assertThat(connection.due(false, after(3_640), 0)).isEqualTo(Deed.NOTHING);
        assertThat(connection.due(true, after(3_670), 0)).isEqualTo(Deed.PING);
        connection.message(true, after(3_671));
        assertThat(connection.due(false, after(3_700), 0)).isEqualTo(Deed.PING);
    }
}

package dev.outdial.dialer.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WaitingLineTest {
    private final WaitingLine line = new WaitingLine();

    @Test
    void firstComeFirstServed() {
        WaitingLine.Place one = line.join();
        WaitingLine.Place two = line.join();
        WaitingLine.Place three = line.join();
        assertThat(one.first()).isDone();
        assertThat(two.first()).isNotDone();
        line.leave(one);
        assertThat(two.first()).isDone();
        assertThat(three.first()).isNotDone();
    }

    @Test
    void whoGivesUpInTheMiddleHoldsUpNobody() {
        WaitingLine.Place one = line.join();
        WaitingLine.Place two = line.join();
        WaitingLine.Place three = line.join();
        line.leave(two);
        assertThat(three.first()).isNotDone();
        line.leave(one);
        line.leave(one);
        assertThat(three.first()).isDone();
        line.leave(three);
        assertThat(line.isEmpty()).isTrue();
        assertThat(line.join().first()).isDone();
    }
}

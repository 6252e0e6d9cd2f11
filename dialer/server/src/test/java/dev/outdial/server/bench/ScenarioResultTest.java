package dev.outdial.server.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScenarioResultTest {
    private static final Scenario SCENARIO = new Scenario(
            "10-one-way",
            10,
            10,
            false,
            false,
            List.of(
                    Target.atMost("interval error p99 ms", 1.0, Figures::p99Millis),
                    Target.atMost("RSS MB", 300, Figures::rssMegabytes),
                    Target.atLeast("calls answered", 10, Figures::answered)));

    @Test
    void theRunThatMeetsMostTargetsIsTheBest() throws Exception {
        Figures late = figures(10, 1.5, "200");
        Figures good = figures(10, 0.9, "290");
        Figures short9 = figures(9, 0.2, "200");

        ScenarioResult result = ScenarioResult.of(SCENARIO, false, List.of(late, good, short9));

        assertThat(result.best()).isEqualTo(good);
        assertThat(result.allMet()).isTrue();
        assertThat(result.runs()).hasSize(3);
    }

    @Test
    void amongEqualsTheOneThatKeepsTimeBestIsTheBest() throws Exception {
        Figures good = figures(10, 0.9, "200");
        Figures better = figures(10, 0.4, "200");

        assertThat(ScenarioResult.of(SCENARIO, false, List.of(good, better, good))
                        .best())
                .isEqualTo(better);
    }

    @Test
    void aTargetThatIsMissedIsToldWithItsFigure() throws Exception {
        ScenarioResult result = ScenarioResult.of(SCENARIO, false, List.of(figures(10, 1.5, "200")));

        assertThat(result.allMet()).isFalse();
        assertThat(result.verdicts().getFirst().line()).isEqualTo("NOT MET  interval error p99 ms at most 1: 1.50");
        assertThat(result.verdicts().get(1).line()).isEqualTo("met      RSS MB at most 300: 200.00");
        assertThat(result.row()).startsWith("| 10-one-way | 2.50 | 0.10 / 1.50 / 3.00 | 0.00 | 21.0 | 3 | 2 / 4 |");
    }

    @Test
    void whatCouldNotBeMeasuredMeetsNothing() throws Exception {
        ScenarioResult result = ScenarioResult.of(SCENARIO, false, List.of(figures(10, 0.5, "null")));

        assertThat(result.verdicts().get(1).met()).isFalse();
    }

    @Test
    void whatAReportDoesNotSayIsNotZeroAndMeetsNothing() throws Exception {
        var json = new ObjectMapper();
        Figures unsaid = Figures.of(json.readTree("{}"), json.readTree("{}"), Double.NaN);

        for (RecordComponent figure : Figures.class.getRecordComponents()) {
            assertThat(figure.getAccessor().invoke(unsaid)).as(figure.getName()).isEqualTo(Double.NaN);
        }
        for (Scenario scenario : Scenario.all()) {
            assertThat(scenario.judge(unsaid)).extracting(Target.Verdict::met).containsOnly(false);
        }
    }

    @Test
    void quantilesOfNoIntervalAreNotZero() throws Exception {
        var json = new ObjectMapper();
        Figures silent =
                Figures.of(json.readTree("{}"), json.readTree("{\"steady\":{\"intervals\":0,\"p99Millis\":0.0}}"), 1);

        assertThat(silent.p99Millis()).isNaN();
    }

    @Test
    void whereNoKeyWasPressedNoneWasHeard() throws Exception {
        var json = new ObjectMapper();
        Figures mute = Figures.of(json.readTree("{\"keysHeard\":0}"), json.readTree("{\"keysPressed\":0}"), 1);

        assertThat(mute.keysHeardPercent()).isNaN();
    }

    @Test
    void aReaderThatWasHeldUpTooOftenHasNotMeasured() throws Exception {
        assertThat(measuredBy(5).p999Millis()).isEqualTo(2.0);
        assertThat(measuredBy(5).unsurePercent()).isEqualTo(5);
        assertThat(measuredBy(6).p999Millis()).isNaN();
    }

    private static Figures measuredBy(int unsurePercent) throws IOException {
        var json = new ObjectMapper();
        return Figures.of(
                json.readTree("{}"),
                json.readTree("{\"steady\":{\"intervals\":" + (100 - unsurePercent) + ",\"unsureIntervals\":"
                        + unsurePercent + ",\"p999Millis\":2.0}}"),
                1);
    }

    private static Figures figures(int answered, double p99Millis, String rssMegabytes) throws IOException {
        var json = new ObjectMapper();
        return Figures.of(
                json.readTree("{\"asked\":10,\"answered\":" + answered
                        + ",\"rtp\":{\"sent\":1000,\"lost\":4},"
                        + "\"steady\":{\"lateTicks\":3,\"cpuPercentPer100Calls\":2.5,\"rssMegabytes\":" + rssMegabytes
                        + "}}"),
                json.readTree("{\"packets\":998,\"steady\":{\"intervals\":990,\"p50Millis\":0.1,\"p99Millis\":"
                        + p99Millis + ",\"p999Millis\":" + 2 * p99Millis + ",\"longestIntervalMillis\":21}}"),
                1.5);
    }
}

package dev.outdial.dialer.flow.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.json.FlowReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoverageTest {
    private static final Flow MENU = FlowReader.read("""
            [{"id": "ask", "type": "talk", "option": {"text": "Press a key"}},
             {"id": "wait", "type": "digits_receive", "option": {"duration": 3000, "length": 1}},
             {"id": "choice", "type": "branch", "option":
               {"target_ids": {"1": "same", "2": "same", "3": "other"}, "default_target_id": "same"}},
             {"id": "same", "type": "goto", "option": {"target_id": "ask", "loop_count": 1}},
             {"id": "end", "type": "hangup"},
             {"id": "other", "type": "talk", "option": {"text": "Three"}}]""");

    private static Coverage of(String script) {
        return Coverage.of(MENU, FlowSimulator.of(MENU).runAll(CallerScript.readAll(script)));
    }

    @Test
    void whatWasNeverReachedIsNamedByItsPath() {
        Coverage coverage = of("presses 1 after \"Press\"\nhangs up after 1s");
        assertThat(coverage.steps()).isEqualTo(new Coverage.Share(4, 6));
        assertThat(coverage.ways()).isEqualTo(new Coverage.Share(2, 6));
        assertThat(coverage.percent()).isEqualTo(50);
        assertThat(coverage.missing())
                .extracting(Coverage.Missing::toString)
                .containsExactly(
                        "actions[2].option.target_ids.2: branch \"choice\" never went \"2\"",
                        "actions[2].option.target_ids.3: branch \"choice\" never went \"3\"",
                        "actions[2].option.default_target_id: branch \"choice\" never went default",
                        "actions[3].option.loop_count: goto \"same\" never went not taken",
                        "actions[4]: hangup \"end\" never ran",
                        "actions[5]: talk \"other\" never ran");
    }

    @Test
    void keysThatLeadToOneStepAreToldApart() {
        Coverage coverage = of("""
                caller one
                presses 2 after "Press"
                presses 5 after "Press"
                caller other
                presses 3 after "Press"
                """);
        assertThat(coverage.missing())
                .extracting(Coverage.Missing::path)
                .containsExactly("actions[2].option.target_ids.1");
    }

    @Test
    void severalCallersReachAllTogether() {
        Coverage coverage = of("""
                caller one
                presses 1 after "Press"
                presses 2 during "Press"
                caller other
                presses 3 after "Press"
                caller silent
                """);
        assertThat(coverage.isFull()).as("%s", coverage.missing()).isTrue();
        assertThat(coverage.percent()).isEqualTo(100);
    }

    @Test
    void aCallThatEndsMeanwhileTakesNoWay() {
        Flow flow = FlowReader.read(
                "[{\"type\": \"opt_out\", \"option\": {\"key\": \"9\", \"text\": \"Press 9\", \"duration\": 5000}}]");
        FlowSimulation cut =
                FlowSimulator.of(flow).with(CallerScript.of("hangs up at 4s")).run();
        assertThat(Coverage.of(flow, List.of(cut)).ways()).isEqualTo(new Coverage.Share(0, 2));
        FlowSimulation whole = FlowSimulator.of(flow).run();
        FlowSimulation pressed = FlowSimulator.of(flow)
                .with(CallerScript.of("presses 9 after \"Press\""))
                .run();
        assertThat(Coverage.of(flow, List.of(whole, pressed)).isFull()).isTrue();
    }

    @Test
    void aFlowWithoutStepsIsReachedAsAWhole() {
        Flow flow = FlowReader.read("[]");
        assertThat(Coverage.of(flow, List.of(FlowSimulator.of(flow).run())).percent())
                .isEqualTo(100);
    }
}

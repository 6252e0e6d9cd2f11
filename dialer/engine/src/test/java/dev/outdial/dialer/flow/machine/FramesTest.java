package dev.outdial.dialer.flow.machine;

import static dev.outdial.dialer.flow.machine.Steps.empty;
import static dev.outdial.dialer.flow.machine.Steps.fetch;
import static dev.outdial.dialer.flow.machine.Steps.fetchFlow;
import static dev.outdial.dialer.flow.machine.Steps.goTo;
import static dev.outdial.dialer.flow.machine.Steps.talk;
import static dev.outdial.dialer.flow.machine.Steps.then;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Flows within flows. */
class FramesTest {
    @Test
    void anotherFlowIsCarriedOutBeforeTheNextAction() {
        var story = FlowStory.of(fetchFlow("menu", "flow-${n}"), talk("last"))
                .with("n", "3")
                .begin();
        assertThat(story.did()).containsExactly("fetch flow flow-3");
        story.brought(talk("theirs")).done();
        assertThat(story.did()).containsExactly("fetch flow flow-3", "say theirs", "say last");
    }

    @Test
    void aFlowThatCannotBeFoundEndsIt() {
        var story = FlowStory.of(fetchFlow("menu", "f"), talk("last")).begin().fails("there is no flow \"f\"");
        assertThat(story.did()).containsExactly("fetch flow f", "hang up normal");
        assertThat(story.state().end()).contains(FlowEnd.FAILED);
    }

    @Test
    void noActionsAtAllAreAsGoodAsSome() {
        var story = FlowStory.of(fetch("a", "u"), talk("last")).begin().brought();
        assertThat(story.did()).containsExactly("fetch POST u", "say last");
    }

    @Test
    void targetsAreLookedForInTheInnermostFlowFirst() {
        var story = FlowStory.of(fetch("f", "u"), talk("x", "outer x")).begin();
        story.brought(goTo("g", "x", 1), talk("y"), talk("x", "inner x"));
        assertThat(story.did()).last().isEqualTo("say inner x");
    }

    @Test
    void aTargetOutsideLeavesTheInnerFlows() {
        var story = FlowStory.of(fetch("f", "u"), talk("a"), talk("b")).begin();
        story.brought(fetch("g", "v"), talk("skipped"));
        story.brought(goTo("h", "b", 1), talk("skipped too")).done();
        assertThat(story.did()).containsExactly("fetch POST u", "fetch POST v", "say b", "hang up normal");
        assertThat(story.told()).contains("h -> b");
    }

    @Test
    void nextIdOfTheActionThatAskedCountsAfterWhatItAskedFor() {
        var story = FlowStory.of(then(fetch("f", "u"), "b"), talk("a"), talk("b"))
                .begin()
                .brought(talk("c"))
                .done();
        assertThat(story.did()).containsExactly("fetch POST u", "say c", "say b");
    }

    @Test
    void nextIdThatDoesNotExistEndsItAfterWhatWasAskedFor() {
        var story = FlowStory.of(then(fetch("f", "u"), "nowhere"), talk("a"))
                .begin()
                .brought(talk("c"))
                .done();
        assertThat(story.did()).containsExactly("fetch POST u", "say c", "hang up normal");
        assertThat(story.told()).contains("f failed: no action has the id \"nowhere\"");
    }

    @Test
    void aStepOfAnInnerFlowIsWhereItIs() {
        var story = FlowStory.of(fetch("f", "u")).begin();
        assertThat(story.at()).isEqualTo("f");
        story.brought(talk("inner"));
        assertThat(story.at()).isEqualTo("inner");
    }

    @Test
    void actionsThatAskForThemselvesEndByTheLimit() {
        var story = FlowStory.of(fetch("f", "u")).begin();
        int fetched = 0;
        while (!story.state().isOver()) {
            story.brought(empty("e" + fetched), fetch("f" + fetched, "u"));
            fetched++;
        }
        assertThat(fetched).isLessThanOrEqualTo(1000);
        assertThat(story.told()).last().isEqualTo("ended LIMIT more than 100 flows within one another");
    }

    @Test
    void whatIsAskedForIsNoWaitThatMakesTheRowBeginAnew() {
        var story = FlowStory.of(fetch("f", "u"), goTo("g", "f", 1_000_000))
                .limits(100, 10)
                .begin();
        int fetched = 0;
        while (!story.state().isOver()) {
            story.brought();
            fetched++;
        }
        assertThat(fetched).isEqualTo(5);
        assertThat(story.told()).last().isEqualTo("ended LIMIT more than 10 actions in a row without waiting");
    }

    @Test
    void anInnerFlowCountsItsOwnJumps() {
        var story = FlowStory.of(talk("a"), goTo("loop", "a", 1), fetch("f", "u"), talk("last"))
                .begin();
        story.done().done().brought(talk("b"), goTo("loop", "b", 1)).done().done();
        assertThat(story.did()).containsExactly("say a", "say a", "fetch POST u", "say b", "say b", "say last");
    }
}

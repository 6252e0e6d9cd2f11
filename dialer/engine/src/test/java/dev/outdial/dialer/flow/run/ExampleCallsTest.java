package dev.outdial.dialer.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.flow.machine.FlowEnd;
import dev.outdial.dialer.flow.machine.FlowHappening;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.prompts.Prompt;
import dev.outdial.testbed.web.WebServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The flows of {@code examples/flows}, as they are, in calls over the wire. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class ExampleCallsTest {
    private static final Path EXAMPLES = Path.of("../../examples/flows"); // the tests of a module run in its folder

    private final KeptBodies bodies = new KeptBodies();
    private final WebServer web = WebServer.open().on("/report", bodies);
    private FlowBench bench;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        DialPlan plan = DialPlan.standard()
                // after what is said first, after what is said next, and so on
                .with("2000", pressing("1"))
                .with("2001", pressing("2"))
                .with("2002", pressing("", "5", "1"))
                .with("2003", pressing("9"))
                .with("2004", pressing("2", "2"))
                .with("2005", Persona.of("says its greeting", new Step.Answer(), new Step.Say(Prompt.WELCOME_WAV)))
                .with(
                        "2006",
                        Persona.of(
                                "leaves a message",
                                new Step.Answer(),
                                new Step.AwaitMessage(Duration.ofMillis(300)),
                                new Step.SayTone(575, Duration.ofMillis(800)),
                                new Step.Press("#")))
                .with("+15550143", pressing("1"))
                .with("+15550144", Persona.of("rings", new Step.Ring()))
                .with(
                        "+15550145",
                        Persona.of(
                                "talks and hangs up",
                                new Step.Ring(),
                                new Step.Answer(),
                                new Step.SayTone(575, Duration.ofMillis(600)),
                                new Step.HangUp()));
        bench = new FlowBench(folder, plan);
    }

    /** After each thing that is said, keys; none where empty. */
    private static Persona pressing(String... keys) {
        List<Step> steps = new ArrayList<>(List.of(new Step.Answer()));
        for (String some : keys) {
            steps.add(new Step.AwaitMessage(Duration.ofMillis(250)));
            if (!some.isEmpty()) steps.add(new Step.Press(some));
        }
        return Persona.of("listens and presses keys", steps.toArray(Step[]::new));
    }

    @AfterEach
    void close() {
        bench.close();
        web.close();
    }

    private FlowBench.Run dial(String number, String example) throws IOException {
        DialRequest request = FlowBench.to(number)
                .from("+15551234567")
                .with("name", "Ann")
                .with("day", "Monday")
                .with("time", "10")
                .with("place", "the museum")
                .with("alert", "The pump has stopped")
                .with("second", "+15550143")
                .with("office", "+15550145")
                .with("report_to", web.uri("/report").toString());
        return bench.dial(request, Files.readString(EXAMPLES.resolve(example)));
    }

    private static CalleeNotes over(FlowBench.Run run, FlowEnd end) throws Exception {
        CalleeNotes notes = run.notes()
                .knowing(
                        "Hello Ann. This is a reminder of your appointment on Monday at 10.",
                        "Thank you. See you on Monday at 10.",
                        "Alert. The pump has stopped. Press 1 to acknowledge, or 2 to pass it on.",
                        "Hello. This is a survey of two questions about your visit to the museum. It takes half a minute.",
                        "This is a message for Ann. Please call us back. Good bye.",
                        "Hello Ann. Please leave a message for us after the tone. Press pound when you are done.");
        assertThat(run.ended().end()).as(run.all().toString()).isEqualTo(end);
        assertThat(run.all()).noneMatch(FlowHappening.StepFailed.class::isInstance);
        assertThat(notes.countOf("> BYE")).isEqualTo(1);
        return notes;
    }

    @Test
    void eachOfThemIsShownHere() throws Exception {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".json")))
                    .containsExactlyInAnyOrder(
                            "alert-escalation.json",
                            "appointment-reminder.json",
                            "connect.json",
                            "survey.json",
                            "voicemail.json");
        }
    }

    @Test
    void anAppointmentIsConfirmed() throws Exception {
        CalleeNotes notes = over(dial("2000", "appointment-reminder.json"), FlowEnd.HUNG_UP);
        assertThat(notes.phrases())
                .containsExactly(
                        "Hello Ann. This is a reminder of your appointment on Monday at 10.",
                        "Press 1 to confirm, 2 to cancel, or 3 to speak to us.",
                        "Thank you. See you on Monday at 10.");
        assertThat(bodies.all()).containsExactly("{\"name\": \"Ann\", \"appointment\": \"confirmed\"}");
    }

    @Tag("slow")
    @Test
    void anAppointmentIsCancelled() throws Exception {
        CalleeNotes notes = over(dial("2004", "appointment-reminder.json"), FlowEnd.HUNG_UP);
        assertThat(notes.phrases()).last().isEqualTo("Your appointment is cancelled. Good bye.");
        assertThat(bodies.all()).containsExactly("{\"name\": \"Ann\", \"appointment\": \"cancelled\"}");
    }

    @Test
    void anAlertIsAcknowledged() throws Exception {
        CalleeNotes notes = over(dial("2000", "alert-escalation.json"), FlowEnd.COMPLETED);
        assertThat(notes.phrases())
                .containsExactly(
                        "Alert. The pump has stopped. Press 1 to acknowledge, or 2 to pass it on.",
                        "Thank you. It is yours.");
        assertThat(bench.callsTo("+15550143")).isEmpty();
    }

    @Tag("slow")
    @Test
    void anAlertIsPassedOnToTheNextNumber() throws Exception {
        FlowBench.Run run = dial("2001", "alert-escalation.json");
        CalleeNotes first = over(run, FlowEnd.HUNG_UP);
        assertThat(first.phrases()).last().isEqualTo("The next person is called.");
        assertThat(CalleeNotes.of(bench.onlyCallTo("+15550143"), run.json()).phrases())
                .containsExactly(
                        "Alert, and nobody has acknowledged it yet. Press 1 to acknowledge.",
                        "Thank you. It is yours.");
    }

    @Test
    void twoAreConnected() throws Exception {
        CalleeNotes notes = over(dial("1001", "connect.json"), FlowEnd.COMPLETED);
        assertThat(notes.phrases())
                .containsExactly(
                        "Hello. You will now be connected with our service.", "The conversation is over. Good bye.");
        assertThat(notes.millisOf(575)).isGreaterThan(200);
        assertThat(CalleeNotes.of(bench.onlyCallTo("+15550144"), "").glance()).contains("> CANCEL");
    }

    @Tag("slow")
    @Test
    void aSurveyIsAnswered() throws Exception {
        CalleeNotes notes = over(dial("2002", "survey.json"), FlowEnd.HUNG_UP);
        assertThat(notes.phrases())
                .containsExactly(
                        "Hello. This is a survey of two questions about your visit to the museum. It takes half a minute.",
                        "Press 9 if you want no more calls from us.",
                        "How did you like it? Press a key from 1, not at all, to 5, very much.",
                        "Thank you. Would you come again? Press 1 for yes, 2 for no.",
                        "Thank you for your time. Good bye.");
        assertThat(bodies.all()).containsExactly("{\"rating\": \"5\", \"again\": \"yes\"}");
        assertThat(bench.optedOut).isEmpty();
    }

    @Test
    void whoWantsNoMoreCallsIsOnTheList() throws Exception {
        FlowBench.Run run = dial("2003", "survey.json");
        CalleeNotes notes = over(run, FlowEnd.HUNG_UP);
        assertThat(notes.phrases()).last().isEqualTo("We will not call you again. Good bye.");
        assertThat(bench.optedOut).containsExactly("2003");
        assertThat(run.all()).contains(new FlowHappening.OptedOut());
    }

    @Tag("slow")
    @Test
    void whoAnswersLeavesAMessage() throws Exception {
        CalleeNotes notes = over(dial("2006", "voicemail.json"), FlowEnd.COMPLETED);
        assertThat(notes.phrases())
                .containsExactly(
                        "Hello Ann. Please leave a message for us after the tone. Press pound when you are done.",
                        "Thank you. Your message was recorded. Good bye.");
        assertThat(notes.millisOf(1000)).isGreaterThan(200);
        try (Stream<Path> files = Files.walk(bench.recordings)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(1);
        }
    }

    @Tag("slow")
    @Test
    void aMachineTakesOurMessageAfterItsGreeting() throws Exception {
        CalleeNotes notes = over(dial("2005", "voicemail.json"), FlowEnd.HUNG_UP);
        assertThat(notes.phrases()).containsExactly("This is a message for Ann. Please call us back. Good bye.");
        assertThat(notes.phrasesAndTimes().getFirst().startMillis()).isGreaterThan(10_000);
    }
}

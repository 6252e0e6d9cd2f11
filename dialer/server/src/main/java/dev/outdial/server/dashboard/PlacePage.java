package dev.outdial.server.dashboard;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.Address;
import dev.outdial.server.calls.CallPlan;
import dev.outdial.server.calls.CallService;
import dev.outdial.server.calls.CallService.Accepted;
import dev.outdial.server.calls.FlowRecord;
import dev.outdial.server.calls.FlowService;
import dev.outdial.server.calls.NewCall;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.Schedule;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Place;
import dev.outdial.server.http.Targets;
import dev.outdial.server.http.json.Problems;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Places one call: a number, and words, a file, an address or a flow. <b>Threading:</b> any. */
final class PlacePage {
    private static final String PATH = "/place";
    private static final Duration RING = Duration.ofSeconds(60);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int LONGEST_TEXT = 5000;
    private static final int MOST_FLOWS = 200;
    private static final String EXAMPLE = "+15550100123";
    private static final String WORDS = "Hello. This is a test call. It was placed from the dashboard.";

    private final CallService calls;
    private final FlowService flows;
    private final TrunksPage trunks;
    private final Frame frame;
    private final RandomGenerator random;

    /** @param random a secure source */
    PlacePage(CallService calls, FlowService flows, TrunksPage trunks, Frame frame, RandomGenerator random) {
        this.calls = calls;
        this.flows = flows;
        this.trunks = trunks;
        this.frame = frame;
        this.random = random;
    }

    List<Place> places(Gate gate) {
        return List.of(
                gate.page(PATH, Scope.CALL, (viewer, asked) -> page(viewer, 200, beginning(), List.of())),
                gate.making(PATH, Scope.CALL, (viewer, asked, form) -> place(viewer, form)));
    }

    private Form beginning() {
        return new Form(Map.of("to", frame.isLoopback() ? EXAMPLE : "", "plan", "say", "say", WORDS));
    }

    /** The same in few fields, beside what goes on. */
    Html quick(Viewer viewer) {
        return Html.of(
                """
                <section><h2>Place a call <a class="more" href="/place">more ways</a></h2>
                <form method="post" action="/place" class="stack" id="quick">{}{}<input type="hidden" name="plan" value="say"><input type="hidden" name="record" value="yes">
                <label>Number <input name="to" required inputmode="tel" autocomplete="off" value="{}" placeholder="+15551234567"></label>
                <label>Words <textarea name="say" rows="3" required>{}</textarea></label>
                <button class="primary">Call</button></form></section>""", Frame.csrf(viewer), KeysPage.once(random), beginning().text("to"), WORDS);
    }

    private Answer place(Viewer viewer, Form form) {
        var problems = new Problems();
        Optional<Address> to = Targets.address(JsonNodeFactory.instance.textNode(form.text("to")), "number", problems);
        Optional<CallPlan> plan = plan(form, problems);
        if (to.isEmpty() || plan.isEmpty()) {
            try {
                problems.throwIfAny();
            } catch (ServiceException wrong) {
                return page(viewer, 422, form, wrong.fields());
            }
        }
        try {
            Accepted accepted = calls.create(
                    viewer.account(),
                    List.of(newCall(form, to.orElseThrow(), plan.orElseThrow())),
                    KeysPage.once(form, summary(form)));
            return Pages.seeOther("/calls/" + accepted.calls().getFirst().id());
        } catch (ServiceException refused) {
            if (refused.kind() == ServiceException.Kind.UNAVAILABLE) throw refused;
            List<ServiceException.Field> fields = refused.fields().isEmpty()
                    ? List.of(new ServiceException.Field("", Gate.sentence(refused)))
                    : refused.fields();
            return page(viewer, 422, form, fields);
        }
    }

    private static Optional<CallPlan> plan(Form form, Problems problems) {
        String what = form.text("plan");
        String text = form.text(what);
        return switch (what) {
            case "say" -> {
                if (text.isEmpty() || text.length() > LONGEST_TEXT)
                    problems.add("words", "1 to " + LONGEST_TEXT + " characters are expected");
                yield Optional.of(
                        new CallPlan.Say(text, form.text("language").isEmpty() ? "en-US" : form.text("language"), ""));
            }
            case "file", "url" -> {
                Optional<String> sound = Targets.sound(text);
                if (sound.isEmpty())
                    problems.add(
                            what.equals("file") ? "file" : "address",
                            what.equals("file") ? "choose one first" : "an http or https address is expected");
                yield sound.map(url -> new CallPlan.Play(List.of(url)));
            }
            case "flow" -> {
                if (text.isEmpty()) problems.add("flow", "choose one first");
                yield text.isEmpty() ? Optional.empty() : Optional.of(new CallPlan.StoredFlow(text));
            }
            default -> {
                problems.add("what", "words, a file, an address or a flow is expected");
                yield Optional.empty();
            }
        };
    }

    private static NewCall newCall(Form form, Address to, CallPlan plan) {
        return new NewCall(
                "native",
                Optional.empty(),
                to,
                Optional.of(form.text("trunk")).filter(name -> !name.isEmpty()),
                plan,
                RING,
                LONGEST,
                Schedule.NOW,
                Optional.empty(),
                form.text("tag").replaceAll("\\p{Cntrl}", " "),
                "",
                Map.of(),
                Map.of(),
                false,
                form.has("record"),
                form.has("detect"),
                Optional.empty(),
                Optional.empty());
    }

    /** What makes one wish another. */
    private static String summary(Form form) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (String name : List.of("to", "plan", "say", "file", "url", "flow", "trunk", "tag", "record", "detect"))
            json.put(name, form.text(name));
        return json.toString();
    }

    private Answer page(Viewer viewer, int status, Form form, List<ServiceException.Field> wrong) {
        Html content = Html.of(
                """
                <h1>Place a call</h1>{}
                <form method="post" action="/place" class="stack wideform" x-data="place">{}{}
                <label>Number <input name="to" required inputmode="tel" autocomplete="off" value="{}" placeholder="+15551234567, sip:user@host"></label>
                <fieldset><legend>What is heard</legend>
                <div class="tabs">{}{}{}{}</div>
                <div class="pane say"><label>Words <textarea name="say" rows="4">{}</textarea></label></div>
                <div class="pane file"><label class="drop">Sound file <input type="file" accept="audio/*,.wav,.mp3,.ogg,.opus" x-on:change="upload"></label>
                <input type="hidden" name="file" value="{}" x-ref="file"><p class="hint" role="status" x-text="said">WAV, MP3 or Ogg; it is uploaded when it is chosen.</p></div>
                <div class="pane url"><label>Address <input name="url" type="url" value="{}" placeholder="https://example.com/welcome.mp3"></label></div>
                <div class="pane flow"><label>Flow <select name="flow"><option value="">—</option>{}</select></label></div>
                </fieldset>
                <div class="row">{}<label>Tag <input name="tag" value="{}" autocomplete="off"></label></div>
                <div class="row"><label class="tick"><input type="checkbox" name="record" value="yes"{}> Record it</label>
                <label class="tick"><input type="checkbox" name="detect" value="yes"{}> Tell people from machines</label></div>
                <p><button class="primary">Call</button></p></form>""",
                troubles(wrong),
                Frame.csrf(viewer),
                KeysPage.once(random),
                form.text("to"),
                tab(form, "say", "Words"),
                tab(form, "file", "A file"),
                tab(form, "url", "An address"),
                tab(form, "flow", "A flow"),
                form.text("say"),
                form.text("file"),
                form.text("url"),
                flowOptions(viewer, form.text("flow")),
                trunkChoice(viewer, form.text("trunk")),
                form.text("tag"),
                checked(form.has("record")),
                checked(form.has("detect")));
        return frame.page(viewer, PATH, "Place a call", content, status);
    }

    private static Html checked(boolean is) {
        return Html.when(is, Html.of(" checked"));
    }

    private static Html tab(Form form, String value, String word) {
        return Html.of(
                "<label class=\"tab\"><input type=\"radio\" name=\"plan\" value=\"{}\"{}> {}</label>",
                value,
                checked(form.text("plan").equals(value)),
                word);
    }

    private static Html troubles(List<ServiceException.Field> wrong) {
        if (wrong.isEmpty()) return Html.NOTHING;
        return Html.of(
                "<ul class=\"trouble\" role=\"alert\">{}</ul>",
                wrong.stream()
                        .map(field -> Html.of(
                                "<li>{}{}</li>", field.field().isEmpty() ? "" : field.field() + ": ", field.message()))
                        .toList());
    }

    private List<Html> flowOptions(Viewer viewer, String chosen) {
        return flows.list(viewer.account(), new PageQuery(Optional.empty(), MOST_FLOWS)).items().stream()
                .map((FlowRecord flow) -> option(flow.id(), flow.name(), chosen))
                .toList();
    }

    private static Html option(String value, String word, String chosen) {
        return Html.of(
                "<option value=\"{}\"{}>{}</option>",
                value,
                Html.when(value.equals(chosen), Html.of(" selected")),
                word);
    }

    private Html trunkChoice(Viewer viewer, String chosen) {
        List<String> names = trunks.names(viewer);
        if (names.isEmpty()) return Html.NOTHING;
        return Html.of(
                "<label>Trunk <select name=\"trunk\"><option value=\"\">the first</option>{}</select></label>",
                names.stream().map(name -> option(name, name, chosen)).toList());
    }
}

package dev.outdial.server.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallService;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.RecordingRecord;
import dev.outdial.server.calls.RecordingService;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Asked;
import dev.outdial.server.facade.Place;
import dev.outdial.server.http.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** One call: facts, timeline, ladder, plots, recordings; kept up to date while it goes on. <b>Threading:</b> any. */
final class CallPage {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final int MOST_RECORDINGS = 20;

    private final CallService calls;
    private final RecordingService recordings;
    private final Traces traces;
    private final Frame frame;

    CallPage(CallService calls, RecordingService recordings, Traces traces, Frame frame) {
        this.calls = calls;
        this.recordings = recordings;
        this.traces = traces;
        this.frame = frame;
    }

    List<Place> places(Gate gate) {
        String call = "/calls/{id}";
        return List.of(
                gate.page(call, this::page),
                gate.page(call + "/now", this::now),
                gate.page(call + "/more", (viewer, asked) -> Pages.html(200, more(viewer, find(viewer, asked)))),
                gate.deed(call + "/hangup", Scope.CALL, (viewer, asked, form) -> hangUp(viewer, asked)),
                gate.page(
                        call + "/ladder.svg", (viewer, asked) -> file(viewer, asked, Traces.Form.SVG, "image/svg+xml")),
                gate.page(
                        call + "/ladder.txt",
                        (viewer, asked) -> file(viewer, asked, Traces.Form.TEXT, "text/plain; charset=utf-8")),
                gate.page(call + "/call.pcap", this::capture),
                gate.page(
                        call + "/series",
                        (viewer, asked) -> file(viewer, asked, Traces.Form.SERIES, "application/json")),
                gate.page(
                        call + "/call.json",
                        (viewer, asked) -> saved(
                                find(viewer, asked).id() + ".json",
                                Answer.json(200, CallViews.json(find(viewer, asked))))));
    }

    private CallRecord find(Viewer viewer, Asked asked) {
        String id = asked.name("id");
        if (!ID.matcher(id).matches())
            throw new ServiceException(ServiceException.Kind.NOT_FOUND, "no_such_call", "there is no such call");
        return calls.get(viewer.account(), id);
    }

    private Answer page(Viewer viewer, Asked asked) {
        CallRecord call = find(viewer, asked);
        return frame.page(
                viewer,
                "/calls",
                Words.party(call),
                Html.of(
                        "{}<div id=\"more\" hx-get=\"/calls/{}/more\" hx-trigger=\"changed from:body\">{}</div>",
                        top(viewer, call),
                        call.id(),
                        more(viewer, call)));
    }

    /** The part that changes all the time; it says when the rest has to be looked at anew. */
    private Answer now(Viewer viewer, Asked asked) {
        CallRecord call = find(viewer, asked);
        Answer answer = Pages.html(200, top(viewer, call));
        boolean isAsBefore =
                asked.query("status").filter(call.status().word()::equals).isPresent();
        return isAsBefore ? answer : answer.with("HX-Trigger", "changed");
    }

    private Answer hangUp(Viewer viewer, Asked asked) {
        CallRecord call = calls.hangUp(viewer.account(), find(viewer, asked).id(), "normal");
        return asked.header("HX-Request").isPresent()
                ? Answer.empty(204).with("HX-Trigger", "changed")
                : Pages.seeOther("/calls/" + call.id());
    }

    private Answer file(Viewer viewer, Asked asked, Traces.Form form, String contentType) {
        String id = find(viewer, asked).id();
        Optional<byte[]> bytes = traces.find(viewer.account(), id, form);
        if (bytes.isEmpty()) return Answer.empty(404);
        var answer = new Answer(200, Map.of(), contentType, new Answer.Bytes(bytes.get()));
        return switch (form) {
            case SERIES -> answer;
            case SVG -> saved(id + ".svg", answer);
            case TEXT -> saved(id + ".txt", answer);
        };
    }

    private Answer capture(Viewer viewer, Asked asked) {
        String id = find(viewer, asked).id();
        return traces.capture(viewer.account(), id)
                .map(bytes -> Answer.stored(bytes, id + ".pcap"))
                .orElseGet(() -> Answer.empty(404));
    }

    private static Answer saved(String fileName, Answer answer) {
        return answer.with("Content-Disposition", "attachment; filename=\"" + fileName + '"');
    }

    private Html top(Viewer viewer, CallRecord call) {
        List<CallEventRecord> events = calls.events(viewer.account(), call.id());
        boolean isOver = call.status() == CallStatus.HANGUP;
        Html refreshing = Html.when(
                !isOver,
                Html.of(
                        " hx-get=\"/calls/{}/now?status={}\" hx-trigger=\"tick from:body, changed from:body\" hx-swap=\"outerHTML\"",
                        call.id(),
                        call.status().word()));
        return Html.of(
                """
                <div id="now"{}><header class="title"><h1>{} {} {}</h1>{}</header>
                <p class="lead">{}</p>{}<div class="split"><section><h2>Timeline</h2>{}</section>
                <aside><section><h2>Facts</h2>{}</section></aside></div></div>""",
                refreshing,
                Words.direction(call),
                Words.party(call),
                Words.state(call),
                Html.when(!isOver && viewer.may(Scope.CALL), hangUpForm(viewer, call)),
                lead(viewer, call),
                CallStrip.of(call, events, viewer.now()),
                timeline(call, events),
                facts(viewer, call));
    }

    private static Html hangUpForm(Viewer viewer, CallRecord call) {
        return Html.of(
                "<form method=\"post\" action=\"/calls/{}/hangup\" hx-post=\"/calls/{}/hangup\" hx-swap=\"none\">{}<button class=\"danger\" id=\"hang-up\">Hang up</button></form>",
                call.id(),
                call.id(),
                Frame.csrf(viewer));
    }

    /** The call in a sentence. */
    private static Html lead(Viewer viewer, CallRecord call) {
        var parts = new ArrayList<String>();
        parts.add(call.direction() + (call.trunk().isEmpty() ? "" : " over " + call.trunk()));
        call.answered().ifPresent(answered -> {
            call.invited()
                    .ifPresent(invited -> parts.add("answered after "
                            + Words.span(Duration.between(invited, answered).toMillis())));
            parts.add((call.ended().isPresent() ? "talked " : "talking for ")
                    + Words.span(Duration.between(answered, call.ended().orElse(viewer.now()))
                            .toMillis()));
        });
        if (call.status() == CallStatus.HANGUP && !call.cause().isEmpty()) {
            String by =
                    call.hangupBy().isEmpty() ? "" : " by " + (call.hangupBy().equals("local") ? "us" : "the far end");
            parts.add(
                    "ended" + by + ": " + call.cause().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
        return Html.of("{}", String.join(" · ", parts));
    }

    private static Html timeline(CallRecord call, List<CallEventRecord> events) {
        List<Html> rows = Timeline.of(events).stream()
                .map(entry -> Html.of(
                        "<tr class=\"{}\"><td class=\"num\" title=\"{}\">{}</td><td class=\"lane-name\">{}</td><td>{}</td><td>{}</td></tr>",
                        entry.lane().word(),
                        CallViews.time(entry.at()),
                        "+"
                                + String.format(
                                        Locale.ROOT,
                                        "%.2f",
                                        Duration.between(call.created(), entry.at())
                                                        .toMillis()
                                                / 1000.0),
                        entry.lane().word(),
                        entry.title(),
                        entry.detail()))
                .toList();
        return Html.of(
                "<table class=\"timeline\"><thead class=\"unseen\"><tr><th scope=\"col\">Seconds</th><th scope=\"col\">Of</th><th scope=\"col\">What</th><th scope=\"col\">Detail</th></tr></thead><tbody>{}</tbody></table>",
                rows);
    }

    private Html facts(Viewer viewer, CallRecord call) {
        var facts = new ArrayList<Html>();
        String rtp = calls.figures(viewer.account(), call.id()).orElse(call.rtp());
        JsonNode figures = CallViews.stored(rtp);
        fact(facts, "Placed", Words.clock(call.created(), viewer));
        if (!call.from().target().isEmpty()) fact(facts, "From", Html.of("{}", Words.shown(call.from())));
        fact(facts, "To", Html.of("{}", Words.shown(call.to())));
        if (call.sipCode().isPresent())
            fact(facts, "SIP", Html.of("{} {}", call.sipCode().getAsInt(), call.sipPhrase()));
        if (call.q850().isPresent())
            fact(facts, "Cause", Html.of("{} {}", call.q850().getAsInt(), call.cause()));
        if (!call.digitsAll().isEmpty()) fact(facts, "Keys", Html.of("<code>{}</code>", call.digitsAll()));
        if (!call.codec().isEmpty()) fact(facts, "Codec", Html.of("{}", call.codec()));
        if (figures.isObject()) {
            fact(facts, "MOS", Words.mos(rtp));
            fact(
                    facts,
                    "RTP",
                    Html.of(
                            "{} sent, {} received, {} lost",
                            figures.path("sent").asLong(),
                            figures.path("received").asLong(),
                            figures.path("lost").asLong()));
            fact(facts, "Jitter", Html.of("{} ms", decimal(figures.path("jitter_ms"))));
            if (figures.has("round_trip_ms"))
                fact(facts, "Round trip", Html.of("{} ms", decimal(figures.path("round_trip_ms"))));
        }
        fact(facts, "Attempts", Html.of("{}", call.attempts()));
        if (!call.tag().isEmpty()) fact(facts, "Tag", Html.of("{}", call.tag()));
        call.variables().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(variable -> fact(facts, variable.getKey(), Html.of("{}", variable.getValue())));
        if (!call.sipCallId().isEmpty()) fact(facts, "Call-ID", Html.of("<code>{}</code>", call.sipCallId()));
        fact(facts, "Id", Html.of("<code>{}</code>", call.id()));
        return Html.of("<dl class=\"facts\">{}</dl><p class=\"files\">{}</p>", facts, downloads(viewer, call));
    }

    private static void fact(List<Html> facts, String name, Html value) {
        facts.add(Html.of("<dt>{}</dt><dd>{}</dd>", name, value));
    }

    private static String decimal(JsonNode number) {
        return String.format(Locale.ROOT, "%.1f", number.asDouble());
    }

    private List<Html> downloads(Viewer viewer, CallRecord call) {
        var files = new ArrayList<Html>();
        if (traces.find(viewer.account(), call.id(), Traces.Form.SVG).isPresent()) {
            for (String name : List.of("call.pcap", "ladder.txt", "ladder.svg")) files.add(download(call, name));
        }
        files.add(download(call, "call.json"));
        return files;
    }

    private static Html download(CallRecord call, String name) {
        return Html.of("<a class=\"button small\" href=\"/calls/{}/{}\" download>{}</a> ", call.id(), name, name);
    }

    private Html more(Viewer viewer, CallRecord call) {
        List<RecordingRecord> sounds = call.recordingIds().isEmpty()
                ? List.of()
                : recordings
                        .list(
                                viewer.account(),
                                Optional.of(call.id()),
                                new PageQuery(Optional.empty(), MOST_RECORDINGS))
                        .items();
        boolean isUnfinished = call.status() == CallStatus.HANGUP
                && sounds.stream().anyMatch(sound -> !sound.status().equals("ended"));
        return Html.of(
                "{}{}{}{}",
                plots(viewer, call),
                sounds.isEmpty()
                        ? Html.NOTHING
                        : Html.of(
                                "<section><h2>Recordings</h2>{}</section>",
                                sounds.stream().map(RecordingsPage::player).toList()),
                ladder(viewer, call),
                // What was recorded is written a moment after the call is over.
                Html.when(
                        isUnfinished,
                        Html.of(
                                "<div hx-get=\"/calls/{}/more\" hx-trigger=\"load delay:1s\" hx-target=\"#more\"></div>",
                                call.id())));
    }

    private Html plots(Viewer viewer, CallRecord call) {
        return traces.find(viewer.account(), call.id(), Traces.Form.SERIES)
                .map(bytes -> JsonText.ours(new String(bytes, StandardCharsets.UTF_8)))
                .filter(series -> !series.path("jitter_ms").isEmpty())
                .map(series -> Html.of(
                        "<section><h2>Sound by the second</h2><div class=\"plots\" data-series=\"{}\"></div></section>",
                        JsonText.write(series)))
                .orElse(Html.NOTHING);
    }

    /** The drawing, and beside it the text of the message that was chosen in it. */
    private Html ladder(Viewer viewer, CallRecord call) {
        return traces.find(viewer.account(), call.id(), Traces.Form.SVG)
                .map(bytes -> Html.of(
                        """
                        <section><h2>SIP ladder</h2><div class="sip"><div class="drawing">{}</div><div class="messages" aria-live="polite">\
                        <p class="hint">Choose a message to read it.</p>{}</div></div></section>""",
                        Html.made(new String(bytes, StandardCharsets.UTF_8)),
                        traces.messages(viewer.account(), call.id()).stream()
                                .map(message -> Html.of(
                                        "<pre hidden data-of=\"{}\" tabindex=\"0\">{}</pre>",
                                        message.id(),
                                        message.text()))
                                .toList()))
                .orElse(Html.NOTHING);
    }
}

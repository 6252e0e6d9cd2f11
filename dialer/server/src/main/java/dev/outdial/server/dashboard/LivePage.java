package dev.outdial.server.dashboard;

import dev.outdial.server.calls.CallQuery;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallService;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Asked;
import dev.outdial.server.facade.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What goes on: calls that are up, those that ended lately, trunks, and a form that places one. <b>Threading:</b> any. */
final class LivePage {
    private static final int MOST_LIVE = 100;
    private static final int LATELY = 12;
    private static final List<CallStatus> LIVE = List.of(
            CallStatus.PROGRESSING,
            CallStatus.RINGING,
            CallStatus.DIALING,
            CallStatus.CANCELING,
            CallStatus.TERMINATING);

    private final CallService calls;
    private final TrunksPage trunks;
    private final PlacePage placing;
    private final Frame frame;

    LivePage(CallService calls, TrunksPage trunks, PlacePage placing, Frame frame) {
        this.calls = calls;
        this.trunks = trunks;
        this.placing = placing;
        this.frame = frame;
    }

    List<Place> places(Gate gate) {
        return List.of(gate.page("/", this::page), gate.page("/live", (viewer, asked) -> Pages.html(200, now(viewer))));
    }

    private Answer page(Viewer viewer, Asked asked) {
        Html aside = Html.of(
                "<aside>{}{}</aside>", Html.when(viewer.may(Scope.CALL), placing.quick(viewer)), trunks.health(viewer));
        return frame.page(
                viewer,
                "/",
                "Live calls",
                Html.of(
                        "<div class=\"split\"><div id=\"live\" hx-get=\"/live\" hx-trigger=\"tick from:body, changed from:body\">{}</div>{}</div>",
                        now(viewer),
                        aside));
    }

    private Html now(Viewer viewer) {
        List<CallRecord> live = live(viewer);
        var waiting = list(viewer, Optional.of(CallStatus.QUEUED), MOST_LIVE);
        var lately = list(viewer, Optional.of(CallStatus.HANGUP), LATELY);
        return Html.of(
                "<section><h1>Live calls</h1>{}{}</section><section><h2>Ended lately <a class=\"more\" href=\"/calls\">all calls</a></h2>{}</section>",
                figures(live, waiting),
                live(viewer, live),
                lately.isEmpty()
                        ? Html.of("<p class=\"empty\">No call has ended yet.</p>")
                        : CallTable.of(viewer, lately));
    }

    private List<CallRecord> live(Viewer viewer) {
        var live = new ArrayList<CallRecord>();
        for (CallStatus status : LIVE) live.addAll(list(viewer, Optional.of(status), MOST_LIVE));
        // The same row stays at the same place while others come and go below it.
        live.sort(Comparator.comparing(CallRecord::created).thenComparing(CallRecord::id));
        return live;
    }

    private List<CallRecord> list(Viewer viewer, Optional<CallStatus> status, int most) {
        var query = new CallQuery(
                Optional.empty(),
                Optional.empty(),
                status,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                most);
        return calls.list(viewer.account(), query).items();
    }

    private static Html figures(List<CallRecord> live, List<CallRecord> waiting) {
        long talking = live.stream()
                .filter(call -> call.status() == CallStatus.PROGRESSING)
                .count();
        return Html.of(
                "<p class=\"figures\"><span><b>{}</b> talking</span> <span><b>{}</b> being set up or ended</span> <span><b>{}</b> waiting</span></p>",
                count(talking),
                count(live.size() - talking),
                count(waiting.size()));
    }

    private static String count(long number) {
        return number >= MOST_LIVE ? MOST_LIVE + "+" : Long.toString(number);
    }

    private Html live(Viewer viewer, List<CallRecord> live) {
        if (live.isEmpty()) return Html.of("<p class=\"empty\">Nobody is on the line.</p>");
        List<Html> rows = live.stream()
                .map(call -> Html.of(
                        """
                        <tr><td>{}</td><th scope="row">{} <a id="live-{}" href="/calls/{}">{}</a></th><td class="wide">{}</td><td class="num">{}</td>\
                        <td class="wide">{}</td><td class="num">{}</td><td class="wide step">{}</td><td class="act">{}</td></tr>
                        """,
                        Words.state(call),
                        Words.direction(call),
                        call.id(),
                        call.id(),
                        Words.party(call),
                        call.trunk(),
                        Words.duration(call, viewer.now()).map(Words::time).orElse(Words.time(Duration.ZERO)),
                        Words.orDash(call.codec()),
                        Words.mos(calls.figures(viewer.account(), call.id()).orElse(call.rtp())),
                        Words.orDash(call.currentAction()),
                        Html.when(viewer.may(Scope.CALL), hangUp(call))))
                .toList();
        return Html.of("""
                <table class="calls live"><thead><tr><th scope="col">State</th><th scope="col">Number</th><th scope="col" class="wide">Trunk</th>\
                <th scope="col" class="num">Time</th><th scope="col" class="wide">Codec</th><th scope="col" class="num">MOS</th>\
                <th scope="col" class="wide">Step</th><th scope="col"><span class="unseen">Hang up</span></th></tr></thead><tbody>{}</tbody></table>""", rows);
    }

    private static Html hangUp(CallRecord call) {
        return Html.of(
                "<button id=\"end-{}\" class=\"small\" hx-post=\"/calls/{}/hangup\" hx-swap=\"none\" aria-label=\"Hang up {}\"><span class=\"wide\">Hang up</span><span class=\"slim\">✕</span></button>",
                call.id(),
                call.id(),
                Words.party(call));
    }
}

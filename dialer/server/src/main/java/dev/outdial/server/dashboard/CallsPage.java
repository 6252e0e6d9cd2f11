package dev.outdial.server.dashboard;

import dev.outdial.server.calls.CallQuery;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallService;
import dev.outdial.server.calls.Page;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Asked;
import dev.outdial.server.facade.Place;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All calls, by what was asked for. <b>Threading:</b> any. */
final class CallsPage {
    private static final int MOST = 50;
    private static final List<String> OUTCOMES =
            List.of("completed", "busy", "no-answer", "rejected", "failed", "canceled", "refused", "unknown");

    private final CallService calls;
    private final Frame frame;

    CallsPage(CallService calls, Frame frame) {
        this.calls = calls;
        this.frame = frame;
    }

    List<Place> places(Gate gate) {
        return List.of(gate.page("/calls", this::page));
    }

    private Answer page(Viewer viewer, Asked asked) {
        Optional<String> to = wanted(asked, "to");
        Optional<String> outcome = wanted(asked, "outcome").filter(OUTCOMES::contains);
        Optional<String> direction = wanted(asked, "direction").filter(List.of("outgoing", "incoming")::contains);
        Page<CallRecord> page = calls.list(
                viewer.account(),
                new CallQuery(
                        Optional.empty(),
                        to,
                        Optional.empty(),
                        direction,
                        Optional.empty(),
                        outcome,
                        wanted(asked, "tag"),
                        Optional.empty(),
                        Optional.empty(),
                        wanted(asked, "cursor"),
                        MOST));
        Html content = Html.of(
                """
                <h1>Calls</h1><form method="get" action="/calls" class="filter" role="search">
                <label>Number <input name="to" value="{}" inputmode="tel" autocomplete="off"></label>
                <label>Outcome <select name="outcome"><option value="">any</option>{}</select></label>
                <label>Direction <select name="direction"><option value="">any</option>{}</select></label>
                <label>Tag <input name="tag" value="{}" autocomplete="off"></label>
                <button>Show</button></form>{}{}""",
                to.orElse(""),
                options(OUTCOMES, outcome),
                options(List.of("outgoing", "incoming"), direction),
                wanted(asked, "tag").orElse(""),
                page.items().isEmpty()
                        ? Html.of("<p class=\"empty\">There is no such call.</p>")
                        : CallTable.of(viewer, page.items()),
                page.next()
                        .map(cursor -> Html.of(
                                "<p><a class=\"button\" href=\"/calls?{}\">Earlier calls</a></p>",
                                query(asked, cursor)))
                        .orElse(Html.NOTHING));
        return frame.page(viewer, "/calls", "Calls", content);
    }

    private static Optional<String> wanted(Asked asked, String name) {
        return asked.query(name).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static List<Html> options(List<String> words, Optional<String> chosen) {
        return words.stream()
                .map(word -> Html.of(
                        "<option{}>{}</option>",
                        Html.when(chosen.filter(word::equals).isPresent(), Html.of(" selected")),
                        word))
                .toList();
    }

    private static String query(Asked asked, String cursor) {
        var parts = new ArrayList<String>();
        for (String name : List.of("to", "outcome", "direction", "tag")) {
            wanted(asked, name).ifPresent(value -> parts.add(name + "=" + encoded(value)));
        }
        parts.add("cursor=" + encoded(cursor));
        return String.join("&", parts);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}

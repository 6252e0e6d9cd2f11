package dev.outdial.server.dashboard;

import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.calls.TrunkRecord;
import dev.outdial.server.calls.TrunkService;
import dev.outdial.server.calls.TrunkStatus;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Asked;
import dev.outdial.server.facade.Place;
import java.util.List;
import java.util.Optional;

/** How the trunks do. <b>Threading:</b> any. */
final class TrunksPage {
    private static final int MOST = 200;

    private final TrunkService trunks;
    private final Frame frame;

    TrunksPage(TrunkService trunks, Frame frame) {
        this.trunks = trunks;
        this.frame = frame;
    }

    List<Place> places(Gate gate) {
        return List.of(
                gate.page("/trunks", this::page),
                gate.page("/trunks/list", (viewer, asked) -> Pages.html(200, table(viewer))),
                gate.page("/trunks/health", (viewer, asked) -> Pages.html(200, healthList(viewer))),
                gate.deed("/trunks/{id}/register", Scope.ADMIN, (viewer, asked, form) -> {
                    TrunkStatus unused = trunks.register(viewer.account(), asked.name("id"));
                    return asked.header("HX-Request").isPresent()
                            ? Answer.empty(204).with("HX-Trigger", "changed")
                            : Pages.seeOther("/trunks");
                }));
    }

    /** The names of those that calls can go over. */
    List<String> names(Viewer viewer) {
        return all(viewer).stream().map(trunk -> trunk.settings().name()).toList();
    }

    private List<TrunkRecord> all(Viewer viewer) {
        return trunks.list(viewer.account(), new PageQuery(Optional.empty(), MOST))
                .items();
    }

    /** A few lines for the page of what goes on. */
    Html health(Viewer viewer) {
        return Html.of(
                "<section><h2>Trunks <a class=\"more\" href=\"/trunks\">details</a></h2><div hx-get=\"/trunks/health\" hx-trigger=\"slow from:body\">{}</div></section>",
                healthList(viewer));
    }

    private Html healthList(Viewer viewer) {
        List<Html> lines = all(viewer).stream()
                .map(trunk -> Html.of(
                        "<li><span class=\"dot {}\" title=\"{}\"></span> {} <span class=\"num\">{}</span></li>",
                        tone(trunk.status().state()),
                        trunk.status().state(),
                        trunk.settings().name(),
                        channels(trunk)))
                .toList();
        return Html.of("<ul class=\"health\">{}{}</ul>", lines, unlisted(lines.isEmpty()));
    }

    /** Where there is no other the one within the program is named. */
    private Html unlisted(boolean isEmpty) {
        if (!isEmpty) return Html.NOTHING;
        return frame.isLoopback()
                ? Html.of(
                        "<li><span class=\"dot good\"></span> loopback <span class=\"num\">within this program</span></li>")
                : Html.of("<li class=\"none\">No trunk is set up.</li>");
    }

    private Answer page(Viewer viewer, Asked asked) {
        return frame.page(
                viewer,
                "/trunks",
                "Trunks",
                Html.of(
                        "<h1>Trunks</h1><div hx-get=\"/trunks/list\" hx-trigger=\"slow from:body, changed from:body\">{}</div>",
                        table(viewer)));
    }

    private Html table(Viewer viewer) {
        List<Html> rows = all(viewer).stream().map(trunk -> row(viewer, trunk)).toList();
        if (rows.isEmpty()) return Html.of("<ul class=\"health\">{}</ul>", unlisted(true));
        return Html.of("""
                <table><thead><tr><th scope="col">State</th><th scope="col">Name</th><th scope="col" class="wide">Where</th><th scope="col" class="num">Channels</th>\
                <th scope="col" class="num wide">Calls a second</th><th scope="col" class="wide">Registered until</th><th scope="col" class="wide">Last answer</th>\
                <th scope="col"><span class="unseen">Register</span></th></tr></thead><tbody>{}</tbody></table>""", rows);
    }

    private static Html row(Viewer viewer, TrunkRecord trunk) {
        TrunkStatus status = trunk.status();
        var settings = trunk.settings();
        String where = settings.host() + (settings.port() == 0 ? "" : ":" + settings.port());
        return Html.of(
                """
                <tr><td>{}</td><th scope="row">{}</th><td class="wide"><code>{}</code> {}</td><td class="num">{}</td><td class="num wide">{}</td>\
                <td class="wide">{}</td><td class="wide reason">{}</td><td class="act">{}</td></tr>""",
                Words.badge(tone(status.state()), status.state()),
                settings.name(),
                where,
                settings.transport(),
                channels(trunk),
                settings.maxCallsPerSecond() == 0 ? "any" : plain(settings.maxCallsPerSecond()),
                status.until().map(until -> Words.clock(until, viewer)).orElse(Words.orDash("")),
                Words.orDash(answer(status)),
                Html.when(
                        settings.register() && viewer.may(Scope.ADMIN),
                        Html.of(
                                "<form method=\"post\" action=\"/trunks/{}/register\" hx-post=\"/trunks/{}/register\" hx-swap=\"none\">{}<button class=\"small\" id=\"register-{}\">Register</button></form>",
                                trunk.id(),
                                trunk.id(),
                                Frame.csrf(viewer),
                                trunk.id())));
    }

    private static String answer(TrunkStatus status) {
        String code = status.sipCode().isPresent() ? status.sipCode().getAsInt() + " " : "";
        return (code + status.reason()).strip();
    }

    private static String channels(TrunkRecord trunk) {
        int most = trunk.settings().maxChannels();
        return trunk.status().channelsInUse() + (most == 0 ? "" : " / " + most);
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private static String tone(String state) {
        return switch (state) {
            case "registered", "ready" -> "good";
            case "registering" -> "busy";
            case "failed" -> "bad";
            default -> "quiet";
        };
    }

    /** A button that asks once more before it does what cannot be undone; without a script. */
    static Html sure(String word, String path, Viewer viewer, Html fields) {
        return Html.of(
                "<details class=\"sure\"><summary>{}</summary><form method=\"post\" action=\"{}\">{}{}<button class=\"danger small\">{} for good</button></form></details>",
                word,
                path,
                Frame.csrf(viewer),
                fields,
                word);
    }
}

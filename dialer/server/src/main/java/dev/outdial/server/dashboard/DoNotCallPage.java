package dev.outdial.server.dashboard;

import dev.outdial.server.calls.Created;
import dev.outdial.server.calls.DoNotCallRecord;
import dev.outdial.server.calls.DoNotCallService;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Asked;
import dev.outdial.server.facade.Place;
import dev.outdial.server.http.Targets;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The numbers that are not called. <b>Threading:</b> any. */
final class DoNotCallPage {
    private static final String PATH = "/do-not-call";
    private static final int MOST = 100;
    private static final int LONGEST_REASON = 200;

    private final DoNotCallService numbers;
    private final Frame frame;

    DoNotCallPage(DoNotCallService numbers, Frame frame) {
        this.numbers = numbers;
        this.frame = frame;
    }

    List<Place> places(Gate gate) {
        return List.of(
                gate.page(PATH, (viewer, asked) -> page(viewer, asked, 200, "", "", "")),
                gate.making(PATH, Scope.CALL, this::add),
                gate.deed(PATH + "/remove", Scope.CALL, (viewer, asked, form) -> {
                    numbers.remove(viewer.account(), form.text("number"));
                    return Pages.seeOther(PATH);
                }));
    }

    private Answer add(Viewer viewer, Asked asked, Form form) {
        Optional<String> number = Targets.e164(form.text("number"));
        String reason = form.text("reason").replaceAll("\\p{Cntrl}", " ");
        if (number.isEmpty() || reason.length() > LONGEST_REASON) {
            String trouble = number.isEmpty()
                    ? "A number with its country is expected, as +15551234567."
                    : "The reason may have " + LONGEST_REASON + " characters.";
            return page(viewer, asked, 422, trouble, form.text("number"), reason);
        }
        Created<DoNotCallRecord> unused = numbers.add(viewer.account(), number.get(), reason, Optional.empty());
        return Pages.seeOther(PATH);
    }

    private Answer page(Viewer viewer, Asked asked, int status, String trouble, String number, String reason) {
        Page<DoNotCallRecord> page = numbers.list(viewer.account(), new PageQuery(asked.query("cursor"), MOST));
        Html adding = Html.of("""
                <form method="post" action="/do-not-call" class="filter">{}<label>Number <input name="number" value="{}" required inputmode="tel" placeholder="+15551234567" autocomplete="off"></label>
                <label>Reason <input name="reason" value="{}" autocomplete="off" placeholder="may be empty"></label><button class="primary">Add</button>
                <p class="trouble" role="alert">{}</p></form>""", Frame.csrf(viewer), number, reason, trouble);
        Html content = Html.of(
                "<h1>Do not call</h1><p class=\"lead\">Numbers that nobody dials: not by the API, nor in a campaign, nor from here.</p>{}{}{}",
                Html.when(viewer.may(Scope.CALL), adding),
                page.items().isEmpty()
                        ? Html.of("<p class=\"empty\">No number is listed.</p>")
                        : table(viewer, page.items()),
                page.next()
                        .map(cursor -> Html.of(
                                "<p><a class=\"button\" href=\"/do-not-call?cursor={}\">Earlier ones</a></p>",
                                URLEncoder.encode(cursor, StandardCharsets.UTF_8)))
                        .orElse(Html.NOTHING));
        return frame.page(viewer, PATH, "Do not call", content, status);
    }

    private static Html table(Viewer viewer, List<DoNotCallRecord> listed) {
        List<Html> rows = listed.stream()
                .map(one -> Html.of(
                        "<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"num\">{}</td><td class=\"act\">{}</td></tr>",
                        one.e164(),
                        Words.orDash(one.reason()),
                        Words.clock(one.created(), viewer),
                        Html.when(
                                viewer.may(Scope.CALL),
                                TrunksPage.sure(
                                        "Remove",
                                        PATH + "/remove",
                                        viewer,
                                        Html.of("<input type=\"hidden\" name=\"number\" value=\"{}\">", one.e164())))))
                .toList();
        return Html.of(
                "<table><thead><tr><th scope=\"col\">Number</th><th scope=\"col\">Reason</th><th scope=\"col\" class=\"num\">Since</th><th scope=\"col\"><span class=\"unseen\">Remove</span></th></tr></thead><tbody>{}</tbody></table>",
                rows);
    }
}

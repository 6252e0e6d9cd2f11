package dev.outdial.server.dashboard;

import dev.outdial.server.calls.CallRecord;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** Calls one below the other. Pure. */
final class CallTable {
    private CallTable() {}

    static Html of(Viewer viewer, List<CallRecord> calls) {
        List<Html> rows = calls.stream().map(call -> row(viewer, call)).toList();
        return Html.of("""
                <table class="calls"><thead><tr><th scope="col">Outcome</th><th scope="col">Number</th><th scope="col" class="wide">Trunk</th>\
                <th scope="col" class="num">Begun</th><th scope="col" class="num">Talk</th><th scope="col" class="wide">Keys</th>\
                <th scope="col" class="num wide">SIP</th><th scope="col" class="num">MOS</th></tr></thead><tbody>{}</tbody></table>""", rows);
    }

    private static Html row(Viewer viewer, CallRecord call) {
        return Html.of(
                """
                <tr><td>{}</td><th scope="row">{} <a id="call-{}" href="/calls/{}">{}</a></th><td class="wide">{}</td><td class="num">{}</td>\
                <td class="num">{}</td><td class="wide keys">{}</td><td class="num wide">{}</td><td class="num">{}</td></tr>
                """,
                Words.state(call),
                Words.direction(call),
                call.id(),
                call.id(),
                Words.party(call),
                Words.orDash(call.trunk()),
                Words.clock(call.created(), viewer),
                call.answered()
                        .map(at -> Html.of(
                                "{}",
                                Words.time(Duration.between(at, call.ended().orElse(viewer.now())))))
                        .orElse(Words.orDash("")),
                Words.orDash(call.digitsAll()),
                code(call.sipCode()),
                Words.mos(call.rtp()));
    }

    private static Html code(OptionalInt code) {
        return Words.orDash(code.isPresent() ? Integer.toString(code.getAsInt()) : "");
    }
}

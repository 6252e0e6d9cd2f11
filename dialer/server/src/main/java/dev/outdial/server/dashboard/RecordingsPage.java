package dev.outdial.server.dashboard;

import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallService;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.RecordingRecord;
import dev.outdial.server.calls.RecordingService;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Asked;
import dev.outdial.server.facade.Place;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What was recorded, to look at and listen to. <b>Threading:</b> any. */
final class RecordingsPage {
    private static final int MOST = 25;

    private final RecordingService recordings;
    private final CallService calls;
    private final Frame frame;

    RecordingsPage(RecordingService recordings, CallService calls, Frame frame) {
        this.recordings = recordings;
        this.calls = calls;
        this.frame = frame;
    }

    List<Place> places(Gate gate) {
        return List.of(
                gate.page("/recordings", this::page),
                gate.page(
                        "/recordings/{id}/sound",
                        (viewer, asked) -> Answer.stored(
                                recordings.file(viewer.account(), asked.name("id")), asked.name("id") + ".wav")),
                gate.deed("/recordings/{id}/delete", Scope.CALL, (viewer, asked, form) -> {
                    recordings.delete(viewer.account(), asked.name("id"));
                    return Pages.seeOther("/recordings");
                }));
    }

    private Answer page(Viewer viewer, Asked asked) {
        Page<RecordingRecord> page =
                recordings.list(viewer.account(), Optional.empty(), new PageQuery(asked.query("cursor"), MOST));
        List<Html> rows = page.items().stream().map(sound -> row(viewer, sound)).toList();
        return frame.page(
                viewer,
                "/recordings",
                "Recordings",
                Html.of(
                        "<h1>Recordings</h1>{}{}",
                        rows.isEmpty()
                                ? Html.of("<p class=\"empty\">Nothing was recorded yet.</p>")
                                : Html.of("<ul class=\"sounds\">{}</ul>", rows),
                        page.next()
                                .map(cursor -> Html.of(
                                        "<p><a class=\"button\" href=\"/recordings?cursor={}\">Earlier ones</a></p>",
                                        URLEncoder.encode(cursor, StandardCharsets.UTF_8)))
                                .orElse(Html.NOTHING)));
    }

    private Html row(Viewer viewer, RecordingRecord sound) {
        return Html.of(
                "<li><div class=\"of\">{} {} {}</div>{}</li>",
                Words.clock(sound.started(), viewer),
                call(viewer, sound.callId()),
                Html.when(
                        viewer.may(Scope.CALL) && sound.status().equals("ended"),
                        TrunksPage.sure("Delete", "/recordings/" + sound.id() + "/delete", viewer, Html.NOTHING)),
                player(sound));
    }

    private Html call(Viewer viewer, String id) {
        try {
            CallRecord call = calls.get(viewer.account(), id);
            return Html.of("{} <a href=\"/calls/{}\">{}</a>", Words.direction(call), id, Words.party(call));
        } catch (ServiceException gone) {
            return Html.of("<span class=\"quiet\">of a call that is listed no more</span>");
        }
    }

    /** The picture of a sound, with what plays it. */
    static Html player(RecordingRecord sound) {
        if (!sound.status().equals("ended"))
            return Html.of("<p class=\"empty\">The recording goes on ({}).</p>", sound.status());
        return Html.of(
                """
                <div class="wave" data-sound="/recordings/{}/sound"><button class="play" aria-label="Play">▶</button>\
                <div class="picture" role="slider" tabindex="0" aria-label="Place in the recording" aria-valuemin="0" aria-valuemax="{}" aria-valuenow="0"><canvas></canvas></div>\
                <span class="num at">{}</span><span class="quiet">{}</span>\
                <a class="button small" href="/recordings/{}/sound" download="{}.wav">wav</a></div>
                """,
                sound.id(),
                Math.max(1, sound.durationMillis() / 1000),
                Words.span(sound.durationMillis()),
                Words.size(sound.byteLength()),
                sound.id(),
                sound.id());
    }
}

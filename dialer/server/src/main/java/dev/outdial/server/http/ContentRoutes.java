package dev.outdial.server.http;

import static dev.outdial.server.http.Routes.API;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.calls.MediaRecord;
import dev.outdial.server.calls.MediaService;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.RecordingRecord;
import dev.outdial.server.calls.RecordingService;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.http.json.JsonText;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Sounds: what was recorded, and what was uploaded to be played. */
final class ContentRoutes {
    static final long MAX_UPLOAD_BYTES = 50L * 1024 * 1024;

    private static final String RECORDINGS = API + "/recordings";
    private static final String MEDIA = API + "/media";
    private static final String ONE_MEDIA = MEDIA + "/{name}";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Set<String> SOUNDS = Set.of(
            "audio/wav",
            "audio/x-wav",
            "audio/wave",
            "audio/vnd.wave",
            "audio/mpeg",
            "audio/mp3",
            "audio/ogg",
            "application/ogg",
            "audio/opus",
            "application/octet-stream");

    private final RecordingService recordings;
    private final MediaService media;

    ContentRoutes(RecordingService recordings, MediaService media) {
        this.recordings = recordings;
        this.media = media;
    }

    List<Route> routes() {
        var kept = new Keeping<RecordingRecord, String>(RECORDINGS, fields -> "", ContentRoutes::json);
        return List.of(
                Route.get(RECORDINGS, Scope.READ, this::recordings),
                kept.get(Scope.READ, recordings::get),
                kept.delete(Scope.CALL, recordings::delete),
                Route.content(
                        RECORDINGS + "/{id}/file",
                        Scope.READ,
                        exchange -> new Reply.Stored(
                                recordings.file(exchange.account(), exchange.id()), exchange.id() + ".wav")),
                Route.get(
                        MEDIA,
                        Scope.READ,
                        exchange -> Reply.page(
                                media.list(exchange.account(), exchange.query().page()), ContentRoutes::json)),
                new Route("PUT", ONE_MEDIA, Optional.of(Scope.CALL), Route.Kind.UPLOAD, this::upload),
                Route.content(
                        ONE_MEDIA,
                        Scope.READ,
                        exchange -> new Reply.Stored(media.get(exchange.account(), name(exchange)), name(exchange))),
                Route.delete(ONE_MEDIA, Scope.CALL, exchange -> {
                    media.delete(exchange.account(), name(exchange));
                    return new Reply.Nothing();
                }));
    }

    private Reply recordings(Exchange exchange) {
        Query query = exchange.query();
        Optional<String> call = query.parsed(
                "call_id",
                text -> Exchange.isId(text) ? Optional.of(text) : Optional.empty(),
                "is not the id of a call");
        var page = new PageQuery(query.cursor(), query.limit());
        query.done();
        return Reply.page(recordings.list(exchange.account(), call, page), ContentRoutes::json);
    }

    private static ObjectNode json(RecordingRecord recording) {
        ObjectNode json = JsonText.MAPPER
                .createObjectNode()
                .put("id", recording.id())
                .put("account", recording.account())
                .put("call_id", recording.callId())
                .put("format", recording.format())
                .put("status", recording.status())
                .put("t_start", CallViews.time(recording.started()));
        json.set("t_end", CallViews.time(recording.ended()));
        return json.put("duration_ms", recording.durationMillis())
                .put("size", recording.byteLength())
                .put("url", RECORDINGS + "/" + recording.id() + "/file");
    }

    private Reply upload(Exchange exchange) throws IOException, ProblemException {
        String name = exchange.path("name");
        if (!NAME.matcher(name).matches())
            throw new ProblemException(
                    422,
                    "bad_name",
                    "the name must be 1 to 100 letters, digits, dots, dashes and underscores, the first a letter or digit");
        String type = exchange.header("Content-Type")
                .map(text -> text.split(";", -1)[0].strip().toLowerCase(Locale.ROOT))
                .orElse("application/octet-stream");
        if (!SOUNDS.contains(type))
            throw new ProblemException(415, "not_a_sound", "uploads are WAV, MP3 or Ogg: such as audio/wav");
        var stored =
                media.put(exchange.account(), name, type, exchange.content().upTo(MAX_UPLOAD_BYTES));
        return new Reply.Json(
                stored.isNew() ? 201 : 200,
                json(stored.item()),
                stored.isNew() ? Map.of("Location", MEDIA + "/" + name) : Map.of());
    }

    private static String name(Exchange exchange) {
        String name = exchange.path("name");
        if (!NAME.matcher(name).matches()) throw Exchange.notFound();
        return name;
    }

    private static ObjectNode json(MediaRecord upload) {
        return JsonText.MAPPER
                .createObjectNode()
                .put("name", upload.name())
                .put("account", upload.account())
                .put("content_type", upload.contentType())
                .put("size", upload.byteLength())
                .put("sha256", upload.sha256())
                .put("url", "media:" + upload.name())
                .put("t_update", CallViews.time(upload.updated()));
    }
}

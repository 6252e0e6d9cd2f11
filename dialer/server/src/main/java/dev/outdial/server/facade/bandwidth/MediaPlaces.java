package dev.outdial.server.facade.bandwidth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.MediaRecord;
import dev.outdial.server.calls.MediaService;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.RecordingService;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Place;
import dev.outdial.server.http.json.JsonText;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code /media}: files of the user's own, and those of their recordings. <b>Threading:</b> any. */
final class MediaPlaces {
    private static final long MAX_BYTES = 65L * 1024 * 1024;

    private final Frame frame;
    private final MediaService media;
    private final RecordingService recordings;

    MediaPlaces(Frame frame, MediaService media, RecordingService recordings) {
        this.frame = frame;
        this.media = media;
        this.recordings = recordings;
    }

    List<Place> places() {
        return List.of(
                frame.get("/media", this::list),
                frame.put("/media/{id}", this::put),
                frame.get("/media/{id}", this::get),
                frame.delete("/media/{id}", this::delete));
    }

    private Answer list(Inquiry inquiry) {
        List<MediaRecord> found = Paging.read(inquiry.asked())
                .of(cursor -> media.list(inquiry.account(), new PageQuery(cursor, Paging.AT_ONCE)), one -> true);
        return Answer.json(200, Paging.array(found, one -> json(one, inquiry.base())));
    }

    private static ObjectNode json(MediaRecord item, String base) {
        return JsonText.MAPPER
                .createObjectNode()
                .put("contentLength", item.byteLength())
                .put("mediaName", item.name())
                .put("content", base + "/media/" + item.name());
    }

    private Answer put(Inquiry inquiry) throws IOException {
        String type = inquiry.asked().header("Content-Type").orElse("application/octet-stream");
        var unused = media.put(
                inquiry.account(),
                inquiry.askedId(),
                type,
                inquiry.asked().body().upTo(MAX_BYTES));
        return Inquiry.done();
    }

    private Answer get(Inquiry inquiry) {
        String name = inquiry.askedId();
        Optional<String> recording = name.endsWith(RecordingPlaces.FILE_TYPE)
                ? Ids.read(Ids.RECORDING, name.substring(0, name.length() - RecordingPlaces.FILE_TYPE.length()))
                : Optional.empty();
        try {
            return recording
                    .map(id -> Answer.stored(recordings.file(inquiry.account(), id), name))
                    .orElseGet(() -> Answer.stored(media.get(inquiry.account(), name), name));
        } catch (ServiceException trouble) {
            throw missing(trouble, name);
        }
    }

    /** No file of that name, or none yet. */
    private static RuntimeException missing(ServiceException trouble, String name) {
        return switch (trouble.kind()) {
            case NOT_FOUND, CONFLICT ->
                Refusal.notFound("media-not-found", "The media resource named " + name + " could not be found");
            case INVALID, FORBIDDEN, TOO_MANY, UNAVAILABLE -> trouble;
        };
    }

    private Answer delete(Inquiry inquiry) {
        try {
            media.delete(inquiry.account(), inquiry.askedId());
        } catch (ServiceException trouble) {
            throw missing(trouble, inquiry.askedId());
        }
        return Inquiry.done();
    }
}

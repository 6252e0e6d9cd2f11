package dev.outdial.server.dashboard;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.MediaService;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Asked;
import dev.outdial.server.facade.Place;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/** Takes a sound that somebody chose, if it can be played. <b>Threading:</b> any. */
final class Uploads {
    private static final long MOST_BYTES = 50L * 1024 * 1024;
    private static final int LONGEST_NAME = 100;
    private static final Pattern TYPE = Pattern.compile("audio/[a-z0-9.+-]{1,40}|application/ogg");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private final MediaService media;

    Uploads(MediaService media) {
        this.media = media;
    }

    List<Place> places(Gate gate) {
        return List.of(gate.content("/uploads", Scope.CALL, this::take));
    }

    private Answer take(Viewer viewer, Asked asked) throws IOException {
        String name = name(asked.query("name").orElse(""));
        String type = asked.header("Content-Type").orElse("");
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        try {
            var unused = media.put(
                    viewer.account(),
                    name,
                    TYPE.matcher(type).matches() ? type : "application/octet-stream",
                    asked.body().upTo(MOST_BYTES));
            return Answer.json(200, json.put("sound", "media:" + name));
        } catch (ServiceException refused) {
            if (refused.kind() != ServiceException.Kind.INVALID) throw refused;
            return Answer.json(422, json.put("trouble", refused.getMessage()));
        }
    }

    /** A name as uploads have it, like that of the file. */
    static String name(String file) {
        String plain = file.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[^A-Za-z0-9]+", "");
        String cut = plain.length() > LONGEST_NAME ? plain.substring(plain.length() - LONGEST_NAME) : plain;
        String name = cut.replaceAll("^[^A-Za-z0-9]+", "");
        return NAME.matcher(name).matches() ? name : "sound";
    }
}

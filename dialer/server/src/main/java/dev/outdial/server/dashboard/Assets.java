package dev.outdial.server.dashboard;

import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Asked;
import dev.outdial.server.facade.Place;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Scripts, styles and the icon: files of this program, which anybody may read. Immutable. */
final class Assets {
    static final String PATH = "/assets/";

    /** Those of others, as {@code vendor/VERSIONS} has them. */
    static final List<String> VENDOR = List.of("htmx.min.js", "alpine-csp.min.js", "uplot.min.js", "uplot.min.css");

    private static final List<String> OWN =
            List.of("dashboard.css", "dashboard.js", "plots.js", "waveform.js", "icon.svg");
    private static final int TAG_LENGTH = 16;

    private final Map<String, File> files = new LinkedHashMap<>();

    @SuppressWarnings("ArrayRecordComponent") // read once and written as they are
    private record File(byte[] bytes, String contentType, String tag) {}

    Assets() {
        OWN.forEach(name -> files.put(name, read(name, name)));
        VENDOR.forEach(name -> files.put(name, read(name, "vendor/" + name)));
    }

    private static File read(String name, String path) {
        try (InputStream stream = Assets.class.getResourceAsStream(path)) {
            if (stream == null) throw new IllegalStateException("the file " + path + " is missing in this program");
            byte[] bytes = stream.readAllBytes();
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new File(bytes, type(name), HexFormat.of().formatHex(hash).substring(0, TAG_LENGTH));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String type(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1);
        return switch (ending) {
            case "js" -> "text/javascript; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            default -> "image/svg+xml";
        };
    }

    /** Where a page finds it: another place for another content, so that it may be kept for ever. */
    String path(String name) {
        File file = files.get(name);
        if (file == null) throw new IllegalArgumentException("no such file: " + name);
        return PATH + name + "?" + file.tag();
    }

    List<Place> places() {
        var places = new ArrayList<Place>();
        places.add(Place.of("GET", PATH + "{name}", this::answer));
        return places;
    }

    private Answer answer(Asked asked) {
        File file = files.get(asked.name("name"));
        if (file == null) return Answer.empty(404);
        return new Answer(
                200,
                Map.of("Cache-Control", "public, max-age=31536000, immutable"),
                file.contentType(),
                new Answer.Bytes(file.bytes()));
    }
}

package dev.outdial.dialer.flow.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.outdial.dialer.flow.FlowException;
import dev.outdial.dialer.flow.FlowFinding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The text of a flow: within its limits, and JSON. */
final class FlowText {
    static final int MOST_BYTES = 256 * 1024;
    static final int DEEPEST = 64;
    static final int LONGEST_NUMBER = 40;

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(LONGEST_NUMBER)
                            .maxDocumentLength(MOST_BYTES)
                            .build())
                    // Of two options with one name the author meant one, and nobody knows which.
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private FlowText() {}

    /** Reads a file in UTF-8 whole, and not more of it than a flow may be long. */
    static String of(Path file) throws IOException {
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        }
        if (bytes.length > MOST_BYTES) throw tooLong();
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw wrong("this is no text in UTF-8");
        }
    }

    /**
     * Reads JSON.
     *
     * @throws FlowException with line and column
     */
    static JsonNode parse(String text) {
        if (text.length() > MOST_BYTES || text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) throw tooLong();
        if (text.isBlank()) throw wrong("this is empty: a JSON array of actions is expected");
        try {
            // A mark of the order of bytes, which some editors write, is no part of JSON.
            return JSON.readTree(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (StreamConstraintsException tooMuch) {
            throw wrong("this goes too far" + place(tooMuch) + ": at most " + DEEPEST + " levels, numbers of "
                    + LONGEST_NUMBER + " digits and keys of 50,000 letters are read");
        } catch (JsonProcessingException bad) {
            throw wrong("this is no JSON" + place(bad) + ": " + reason(bad));
        }
    }

    private static String place(JsonProcessingException bad) {
        JsonLocation place = bad.getLocation();
        return place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
    }

    private static String reason(JsonProcessingException bad) {
        String message = String.valueOf(bad.getOriginalMessage());
        String quoted = Quoted.line(message, 200);
        return quoted.isBlank() ? "it cannot be read" : quoted;
    }

    private static FlowException tooLong() {
        return wrong("this is longer than " + MOST_BYTES / 1024 + " KB");
    }

    static FlowException wrong(String sentence) {
        return new FlowException(List.of(new FlowFinding(FlowFinding.Severity.ERROR, "", sentence)));
    }
}

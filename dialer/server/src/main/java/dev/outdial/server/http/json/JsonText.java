package dev.outdial.server.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/** Reads and writes JSON text within limits: depth, length of numbers, one value, no name twice in an object, UTF-8 alone (RFC 8259). */
public final class JsonText {
    /** Objects and arrays in one another. */
    public static final int MAX_DEPTH = 64;

    private static final int MAX_NUMBER_LENGTH = 100;
    private static final int MAX_NAME_LENGTH = 1000;
    /** As long as the longest body that is taken. */
    private static final int MAX_STRING_LENGTH = 1 << 22;

    /** Also for those who write. */
    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .maxNameLength(MAX_NAME_LENGTH)
                            .maxStringLength(MAX_STRING_LENGTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonText() {}

    /** What was sent is not JSON, or more than may be; the text says what, and where. */
    public static final class BadJsonException extends Exception {
        private static final long serialVersionUID = 1L;

        BadJsonException(String message) {
            super(message);
        }
    }

    /** Reads one value. */
    public static JsonNode parse(byte[] bytes) throws BadJsonException {
        String text = decode(bytes);
        if (text.isBlank()) throw new BadJsonException("the body is empty; a JSON object is expected");
        try {
            return MAPPER.readTree(text);
        } catch (StreamConstraintsException e) {
            throw new BadJsonException("the JSON is too deep or holds too long a name or number: at most " + MAX_DEPTH
                    + " levels, names of " + MAX_NAME_LENGTH + " characters, numbers of " + MAX_NUMBER_LENGTH);
        } catch (JsonProcessingException e) {
            throw new BadJsonException("the body is not JSON" + place(e) + duplicate(e));
        }
    }

    private static String decode(byte[] bytes) throws BadJsonException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadJsonException("the body is not UTF-8");
        }
    }

    private static String place(JsonProcessingException e) {
        var location = e.getLocation();
        return location == null
                ? ""
                : " from line " + location.getLineNr() + ", column " + location.getColumnNr() + " on";
    }

    private static String duplicate(JsonProcessingException e) {
        String said = e.getOriginalMessage();
        return said != null && said.startsWith("Duplicate") ? ": a name comes twice in an object" : "";
    }

    /** Reads what was written here or checked before. */
    public static JsonNode ours(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored JSON cannot be read", e);
        }
    }

    /** Writes it in one line. */
    public static String write(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (IOException e) {
            throw new IllegalStateException("JSON cannot be written", e);
        }
    }

    /** Writes it as UTF-8. */
    public static byte[] bytes(JsonNode node) {
        return write(node).getBytes(StandardCharsets.UTF_8);
    }

    /** The SHA-256 of it in hexadecimal digits, whatever the order of names and the white space were. */
    public static String hash(String before, JsonNode node) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(before.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return HexFormat.of().formatHex(digest.digest(write(sorted(node)).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static JsonNode sorted(JsonNode node) {
        if (node.isArray()) {
            var array = MAPPER.createArrayNode();
            node.forEach(item -> array.add(sorted(item)));
            return array;
        }
        if (!node.isObject()) return node;
        var members = new TreeMap<String, JsonNode>();
        node.properties().forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
        ObjectNode object = MAPPER.createObjectNode();
        members.forEach(object::set);
        return object;
    }
}

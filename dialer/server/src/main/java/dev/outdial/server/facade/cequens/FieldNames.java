package dev.outdial.server.facade.cequens;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the fields of a request are called. The page that describes the API prints what they mean, and the names of two; the others are what clients
 * and sibling pages call them, in any case of letters, and a setting may add the name that a client has.
 */
final class FieldNames {
    /** A field, by the name that its troubles are told with. */
    enum Field {
        RECIPIENT("recipient", "recipients", "to", "phoneNumber", "mobileNumber", "msisdn"),
        SAY_TEXT("sayText"),
        VOICE("voice", "voiceId", "voiceName"),
        NEURAL("neural", "isNeural"),
        AUDIO_URL("audioUrl", "playUrl", "audioFileUrl"),
        REPEAT("repeat", "repeats", "reps", "loop", "loops"),
        TIMEOUT("timeout", "ringTimeout", "callTimeout"),
        DTMF("dtmf", "collectDtmf", "collectInput", "enableDtmf", "dtmfEnabled"),
        DTMF_CALLBACK("dtmfCallbackEndpoint", "dtmfCallback"),
        STATUS_CALLBACK("statusCallbackEndpoint", "statusCallback", "callbackEndpoint"),
        METADATA("metadata", "meta_data");

        private final List<String> names;

        Field(String... names) {
            this.names = List.of(names);
        }

        String canonical() {
            return names.getFirst();
        }
    }

    /** The usual ones. */
    static final FieldNames USUAL = new FieldNames(Map.of());

    private final Map<Field, String> added;

    private FieldNames(Map<Field, String> added) {
        this.added = added;
    }

    /** @param setting such as {@code recipient=phone, sayText=message}; checked when it was read */
    static FieldNames with(String setting) {
        var added = new EnumMap<Field, String>(Field.class);
        for (String pair : setting.split(",", -1)) {
            int equals = pair.indexOf('=');
            for (Field field : Field.values()) {
                boolean isThis = equals > 0
                        && field.canonical().equals(pair.substring(0, equals).strip());
                if (isThis) added.put(field, pair.substring(equals + 1).strip());
            }
        }
        return new FieldNames(added);
    }

    /** What the body has under the first of the field's names; nothing where that is null. */
    Optional<JsonNode> in(JsonNode body, Field field) {
        var names = new ArrayList<String>();
        Optional.ofNullable(added.get(field)).ifPresent(names::add);
        names.addAll(field.names);
        for (String name : names) {
            for (Map.Entry<String, JsonNode> member : body.properties()) {
                boolean isNamed = member.getKey().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT));
                if (isNamed && !member.getValue().isNull()) return Optional.of(member.getValue());
            }
        }
        return Optional.empty();
    }
}

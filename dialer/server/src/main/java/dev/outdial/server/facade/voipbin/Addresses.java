package dev.outdial.server.facade.voipbin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.Address;
import java.util.Locale;
import java.util.regex.Pattern;

/** Who calls and who is called, in VoIPBin's form. Pure. */
final class Addresses {
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");

    private Addresses() {}

    /** @param where what it is named in messages */
    static Address read(JsonNode node, String where) {
        if (!node.isObject()) throw Refusal.invalid(where + " must be an object with type and target");
        String target = node.path("target").asText("").strip();
        if (target.isEmpty()) throw Refusal.invalid(where + ".target is required");
        String name = node.path("name").asText("");
        String written = node.path("type").asText("tel").toLowerCase(Locale.ROOT);
        Address.Type type = switch (written) {
            case "tel", "" -> Address.Type.TEL;
            case "sip" -> Address.Type.SIP;
            case "extension", "endpoint" -> Address.Type.EXTENSION;
            default ->
                throw Refusal.invalid(where + ".type '" + shown(written) + "' is not served: tel, sip or extension is");
        };
        if (type == Address.Type.TEL && !isE164(target)) {
            throw Refusal.invalid(
                    where + ".target is not in E.164 format: + and digits, no spaces or dashes, as +15551234567");
        }
        return new Address(type, target, name);
    }

    static boolean isE164(String number) {
        return E164.matcher(number).matches();
    }

    private static String shown(String word) {
        return word.replaceAll("[^a-z0-9_-]", "?");
    }

    static ObjectNode json(Address address) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", address.type().name().toLowerCase(Locale.ROOT))
                .put("target", address.target())
                .put("target_name", "")
                .put("name", address.name())
                .put("detail", "");
    }
}

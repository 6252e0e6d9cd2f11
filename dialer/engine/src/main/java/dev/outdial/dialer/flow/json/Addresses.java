package dev.outdial.dialer.flow.json;

import dev.outdial.dialer.flow.FlowAddress;
import dev.outdial.dialer.flow.FlowAddress.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads who calls and who is called. */
final class Addresses {
    private static final int MOST = 100;
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final Map<String, Type> TYPES =
            Map.of("tel", Type.TEL, "sip", Type.SIP, "extension", Type.EXTENSION, "endpoint", Type.EXTENSION);

    private Addresses() {}

    static Optional<FlowAddress> source(Options options) {
        return options.object("source", "an address").flatMap(source -> {
            // Clients write an empty one where they mean none.
            if (source.written("type").isEmpty() && source.written("target").isEmpty()) return Optional.empty();
            return Optional.of(address(source));
        });
    }

    static List<FlowAddress> destinations(Options options) {
        if (options.raw("destinations")
                .map(there -> there.isArray() && there.isEmpty())
                .orElse(true)) {
            options.error("destinations", "an array of one or more addresses is expected here");
        }
        List<FlowAddress> addresses = new ArrayList<>();
        options.objects("destinations", "an address", MOST).forEach(one -> addresses.add(address(one)));
        return addresses;
    }

    private static FlowAddress address(Options address) {
        address.ignore("detail");
        if (!address.has("type")) address.error("type", "tel, sip or extension is expected here");
        Type type = address.word("type", Type.TEL, TYPES);
        String target = address.requiredText("target").strip();
        String shown = address.text("target_name").orElse("");
        String name = address.written("name").orElse(shown);
        address.finish();
        boolean open = target.isEmpty() || target.contains("${");
        if (!open
                && type == Type.TEL
                && address.has("type")
                && !E164.matcher(target).matches()) {
            address.warning("target", Quoted.of(target) + " is no number in E.164, such as +15551234567");
        }
        boolean bare =
                type == Type.SIP && !open && !target.toLowerCase(Locale.ROOT).matches("sips?:.*");
        return new FlowAddress(type, bare ? "sip:" + target : target, name);
    }
}

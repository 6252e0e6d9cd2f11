package dev.outdial.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.calls.Address;
import dev.outdial.server.http.json.Controls;
import dev.outdial.server.http.json.Fields;
import dev.outdial.server.http.json.Problems;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads who calls and is called, and where sounds and hooks are. */
public final class Targets {
    /** Stands where a wrong one was; never used, as what is wrong is refused. */
    static final Address NOBODY = new Address(Address.Type.TEL, "", "");

    private static final int MAX_TARGET = 255;
    private static final int MAX_NAME = 80;
    private static final int MAX_URL = 2000;
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{1,20}");
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{2,14}");
    private static final Pattern SIP = Pattern.compile("(?i)sips?:[^\\s<>\"]+");
    private static final Pattern EXTENSION = Pattern.compile("[^\\s<>\"@:]+@[^\\s<>\"@:]+");
    private static final Pattern MEDIA = Pattern.compile("media:[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final String MUST =
            "must be a number such as +15551234567, a SIP URI such as sip:user@host, or user@realm";

    private Targets() {}

    /** A string, or an object with type, target and name. */
    public static Optional<Address> address(JsonNode node, String path, Problems problems) {
        if (!node.isTextual()) {
            if (node.isObject()) return object(new Fields(node, path, problems), path, problems);
            problems.add(path, "must be a string or an object with a target");
            return Optional.empty();
        }
        return target(node.textValue(), path, problems, Optional.empty());
    }

    private static Optional<Address> object(Fields fields, String path, Problems problems) {
        Optional<Address.Type> type = fields.parsed("type", 20, Targets::type, "must be one of tel, sip, extension");
        String target = fields.required("target", fields.line("target", MAX_TARGET), "");
        String name = fields.line("name", MAX_NAME).orElse("");
        fields.done();
        if (target.isEmpty()) return Optional.empty();
        return target(target, path + ".target", problems, type)
                .map(address -> new Address(address.type(), address.target(), name));
    }

    private static Optional<Address.Type> type(String word) {
        return List.of(Address.Type.values()).stream()
                .filter(type -> type.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }

    private static Optional<Address> target(
            String text, String path, Problems problems, Optional<Address.Type> wanted) {
        if (Controls.in(text) || text.length() > MAX_TARGET) {
            problems.add(path, "holds a control character or is longer than " + MAX_TARGET + " characters");
            return Optional.empty();
        }
        String number = text.replaceAll("[ ().-]", "");
        Address found = NOBODY;
        if (SIP.matcher(text).matches()) found = new Address(Address.Type.SIP, text, "");
        else if (EXTENSION.matcher(text).matches()) found = new Address(Address.Type.EXTENSION, text, "");
        else if (NUMBER.matcher(number).matches()) found = new Address(Address.Type.TEL, number, "");
        Address.Type type = found.type();
        if (found.target().isEmpty()) problems.add(path, MUST);
        else if (wanted.isPresent() && wanted.get() != type)
            problems.add(path, "is not of the type " + wanted.get().name().toLowerCase(Locale.ROOT));
        else return Optional.of(found);
        return Optional.empty();
    }

    /** Whether it is a number with its country, and nothing else. */
    public static Optional<String> e164(String text) {
        String number = text.replaceAll("[ ().-]", "");
        return E164.matcher(number).matches() ? Optional.of(number) : Optional.empty();
    }

    /** A web address. */
    static Optional<String> url(String text) {
        try {
            var uri = new URI(text);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            boolean web = (scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null;
            return web && text.length() <= MAX_URL ? Optional.of(text) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** A web address, or {@code media:} and the name of an upload. */
    public static Optional<String> sound(String text) {
        return MEDIA.matcher(text).matches() ? Optional.of(text) : url(text);
    }

    /** The sounds of a field: one, or several in order. */
    static List<String> sounds(Fields fields, String name) {
        List<String> sounds = fields.lines(name, 20, MAX_URL);
        for (int i = 0; i < sounds.size(); i++)
            if (!sounds.get(i).isEmpty() && sound(sounds.get(i)).isEmpty())
                fields.wrong(
                        name + (sounds.size() > 1 ? "[" + i + "]" : ""),
                        "must be an http or https address, or media: and the name of an upload");
        return sounds;
    }

    /** A web address in a field. */
    static Optional<String> url(Fields fields, String name) {
        return fields.parsed(name, MAX_URL, Targets::url, "must be an http or https address");
    }
}

package dev.outdial.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.calls.Address;
import dev.outdial.server.calls.NewCall;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.http.json.Controls;
import dev.outdial.server.http.json.Fields;
import dev.outdial.server.http.json.JsonText;
import dev.outdial.server.http.json.JsonText.BadJsonException;
import dev.outdial.server.http.json.Problems;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Anything as the body of a request: a call whose fields may be put into SIP, or words about what is wrong. */
public final class RequestTarget {
    private static final NewCalls READER = new NewCalls(new PlanReader(actions -> List.of()));

    private RequestTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        read(input);
    }

    /** How many calls are asked for; 0 where something is wrong. */
    static int read(byte[] input) {
        JsonNode json;
        try {
            json = JsonText.parse(input);
        } catch (BadJsonException e) {
            require(plain(String.valueOf(e.getMessage())), "words without control characters");
            return 0;
        }
        require(
                JsonText.hash("", json).equals(JsonText.hash("", JsonText.ours(JsonText.write(json)))),
                "written and read it is the same");
        var problems = new Problems();
        var fields = new Fields(json, "", problems);
        List<NewCall> calls = READER.read(fields);
        fields.done();
        try {
            problems.throwIfAny();
        } catch (ServiceException e) {
            require(!e.fields().isEmpty(), "a field is named");
            e.fields()
                    .forEach(field ->
                            require(plain(field.field() + field.message()), "words without control characters"));
            return 0;
        }
        calls.forEach(RequestTarget::check);
        require(!calls.isEmpty(), "somebody is called");
        return calls.size();
    }

    private static void check(NewCall call) {
        check(call.to());
        call.from().ifPresent(RequestTarget::check);
        require(plain(call.tag() + call.trunk().orElse("")), "a line");
        call.headers().forEach((name, value) -> require(name.matches("[Xx]-\\S+") && plain(value), "a header"));
        call.variables().forEach((name, value) -> require(plain(name + value), "a variable"));
        require(call.ringTimeout().toMillis() >= 1000 && call.ringTimeout().toMinutes() <= 10, "a ring time");
        require(call.maxDuration().toMillis() >= 1000 && call.maxDuration().toDays() <= 1, "a duration");
    }

    private static void check(Address address) {
        require(!address.target().isBlank() && plain(address.target() + address.name()), "an address");
        require(address.target().chars().noneMatch(sign -> sign == '<' || sign == '>' || sign == '"'), "no brackets");
    }

    private static boolean plain(String text) {
        return !Controls.in(text);
    }

    private static void require(boolean holds, String what) {
        if (!holds) throw new AssertionError("not so: " + what);
    }

    static List<byte[]> seeds() {
        return Stream.of(
                        "{\"to\":\"+15551234567\",\"say\":\"Hello\"}",
                        "{\"to\":[\"sip:a@b\",{\"target\":\"c@d\",\"name\":\"D\"}],\"play\":[\"https://e.com/f\",\"media:g\"]}",
                        "{\"to\":\"100\",\"actions\":[{\"type\":\"talk\",\"option\":{\"text\":\"a\\nb\"}}],\"ring_timeout\":\"PT30S\"}",
                        "{\"to\":\"100\",\"headers\":{\"X-A\":\"b\"},\"variables\":{\"c\":1.5},\"max_duration\":1e2,\"metadata\":{\"d\":[null]}}",
                        "{\"to\":\"100\",\"schedule\":{\"window\":{\"from\":\"09:00\",\"to\":\"17:00\",\"zone\":\"UTC\"},"
                                + "\"not_before\":\"2026-01-31T09:00:00Z\",\"retries\":3},\"callbacks\":{\"url\":\"http://a.b/c\"}}")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}

package dev.outdial.server.facade.bandwidth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.Address;
import dev.outdial.server.calls.CallPlan;
import dev.outdial.server.calls.Callbacks;
import dev.outdial.server.calls.NewCall;
import dev.outdial.server.calls.Schedule;
import dev.outdial.server.http.json.JsonText;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A request for a call, as a call that waits for what is asked of it. Pure. */
final class CallRequests {
    static final int MAX_CALLBACK_MILLIS = 10_000;
    private static final int USUAL_RING_SECONDS = 60;
    private static final int MAX_RING_SECONDS = 300;
    private static final int MAX_RECORDING_SECONDS = 3600;
    private static final int MAX_HEADERS = 5;
    private static final int MAX_HEADER_LENGTH = 256;
    private static final int MAX_TAG_LENGTH = 256;
    /** This API knows no longest call; ours is that of a line that was forgotten. */
    private static final Duration LONGEST = Duration.ofHours(4);

    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{1,14}");
    private static final Pattern SIP = Pattern.compile("(?i)sip:[^\\s<>@]+@[^\\s<>@]+");
    private static final Pattern HEADER = Pattern.compile("[Xx]-[A-Za-z0-9!%*_+`'~.-]{1,254}");

    private CallRequests() {}

    /** @param base what the addresses of its owner's things begin with */
    static NewCall read(Wishes wishes, String base) {
        String from = wishes.required("from").strip();
        if (!E164.matcher(from).matches()) {
            throw Refusal.invalid("The call resource property from must be an E.164 number, like +19195551212");
        }
        Address to = target(wishes.required("to"), "to");
        Optional<Callbacks> callbacks = callbacks(wishes, base);
        double ring = wishes.number("callTimeout", 1, MAX_RING_SECONDS, USUAL_RING_SECONDS);
        recordingFormat(wishes);
        for (String room : List.of("bridgeId", "conferenceId")) {
            if (!wishes.text(room).orElse("").isEmpty()) {
                throw Refusal.invalid("The call resource property " + room
                        + " is not supported here: bridge the call when it is answered");
            }
        }
        ObjectNode own = JsonText.MAPPER
                .createObjectNode()
                .put("transcriptionEnabled", wishes.flag("transcriptionEnabled", false))
                .put(
                        "recordingMaxDuration",
                        wishes.integer("recordingMaxDuration", 1, MAX_RECORDING_SECONDS, MAX_RECORDING_SECONDS));
        return new NewCall(
                "bandwidth",
                Optional.of(new Address(Address.Type.TEL, from, "")),
                to,
                Optional.empty(),
                new CallPlan.Park(),
                Duration.ofMillis(Math.round(ring * 1000)),
                LONGEST,
                Schedule.NOW,
                callbacks,
                wishes.text("tag", MAX_TAG_LENGTH),
                own.toString(),
                Map.of(),
                headers(wishes),
                false,
                wishes.flag("recordingEnabled", false),
                false,
                Optional.empty(),
                Optional.empty());
    }

    /** A number or a SIP address. */
    static Address target(String text, String name) {
        String target = text.strip();
        if (E164.matcher(target).matches()) return new Address(Address.Type.TEL, target, "");
        if (target.toLowerCase(Locale.ROOT).startsWith("sips:")) {
            throw Refusal.invalid("The call resource property " + name + " must not be a SIPS address");
        }
        if (SIP.matcher(target).matches()) return new Address(Address.Type.SIP, target, "");
        throw Refusal.invalid("The call resource property " + name
                + " must be an E.164 number, like +19195551212, or a SIP address, like sip:someone@somewhere.com");
    }

    /** Where the events of a call go; nowhere where it says no address. */
    static Optional<Callbacks> callbacks(Wishes wishes, String base) {
        String url = wishes.callback("callbackUrl");
        String fallback = wishes.callback("fallbackUrl");
        String method = wishes.choice("callbackHttpMethod", List.of("POST", "GET"), "POST");
        int timeout = wishes.integer("callbackTimeout", 1, MAX_CALLBACK_MILLIS, MAX_CALLBACK_MILLIS);
        if (url.isEmpty()) return Optional.empty();
        return Optional.of(
                new Callbacks(url, method, Duration.ofMillis(timeout), fallback, BandwidthProfile.NAME, extra(base)));
    }

    /** What the events of a call need besides. */
    static String extra(String base) {
        return JsonText.MAPPER.createObjectNode().put("base", base).toString();
    }

    static void recordingFormat(Wishes wishes) {
        if (wishes.text("recordingFileFormat").orElse("wav").equalsIgnoreCase("mp3")) {
            throw Refusal.invalid("Recordings are made as wav here, not as mp3");
        }
        String unused = wishes.choice("recordingFileFormat", List.of("wav"), "wav");
    }

    private static Map<String, String> headers(Wishes wishes) {
        var headers = new HashMap<String, String>();
        wishes.object("sipHeaders")
                .ifPresent(all -> all.json().properties().forEach(one -> {
                    String value = one.getValue().asText();
                    if (!HEADER.matcher(one.getKey()).matches()) {
                        throw Refusal.invalid(
                                "The call resource property sipHeaders must hold names that begin with X-");
                    }
                    if (value.length() > MAX_HEADER_LENGTH
                            || value.chars().anyMatch(sign -> sign < 0x20 || sign == 0x7f)) {
                        throw Refusal.invalid("The call resource property sipHeaders must hold values of one line, of "
                                + MAX_HEADER_LENGTH + " characters at most");
                    }
                    headers.put(one.getKey(), value);
                }));
        if (headers.size() > MAX_HEADERS) {
            throw Refusal.invalid("The call resource property sipHeaders exceeds the limit of " + MAX_HEADERS);
        }
        return headers;
    }
}

package dev.outdial.dialer.call.probe;

import dev.outdial.dialer.probe.ProbeStep;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.Text;
import java.util.List;
import java.util.stream.Stream;

/** Judges what a trunk says to OPTIONS. Pure. */
final class OptionsVerdict {
    static final String NAME = "options";

    private OptionsVerdict() {}

    /** The first answer, by the order of the ways. */
    static Stream<Reply.Answered> answers(List<HopSeen> hops) {
        return hops.stream()
                .map(HopSeen::reply)
                .filter(Reply.Answered.class::isInstance)
                .map(Reply.Answered.class::cast);
    }

    /** What it means. */
    static ProbeStep of(List<HopSeen> hops, boolean registrarSpoke) {
        return answers(hops).findFirst().map(OptionsVerdict::of).orElseGet(() -> unanswered(registrarSpoke));
    }

    private static ProbeStep of(Reply.Answered answered) {
        SipResponse response = answered.response();
        String seen = response.status() + " " + response.reason() + " after " + answered.millis() + " ms"
                + said(response.headers(), "Server", ", server ")
                + said(response.headers(), "User-Agent", ", user agent ")
                + allowed(response.headers());
        return switch (response.status()) {
            case 401, 407 ->
                ProbeStep.ok(NAME, seen)
                        .advising("it asks for credentials: see the step 'register', or give --user and a password");
            case 403 ->
                ProbeStep.ok(NAME, seen)
                        .advising(
                                "it is there but does not want to hear of us: if calls fail too, ask the provider whether this"
                                        + " address is allowed");
            case 500, 502, 503, 504 ->
                ProbeStep.failed(
                        NAME,
                        seen,
                        "the trunk is there but out of service or overloaded: try later, or ask the provider");
            default -> ProbeStep.ok(NAME, seen);
        };
    }

    private static ProbeStep unanswered(boolean registrarSpoke) {
        return registrarSpoke
                ? ProbeStep.skipped(NAME, "no answer to OPTIONS, which some trunks never give; REGISTER is answered")
                : ProbeStep.failed(
                        NAME,
                        "no answer to OPTIONS",
                        "see the step 'transport'; some trunks answer OPTIONS only to those whom they know");
    }

    private static String said(Headers headers, String name, String before) {
        return headers.first(name).map(value -> before + Text.shown(value)).orElse("");
    }

    private static String allowed(Headers headers) {
        List<String> methods = headers.all("Allow");
        return methods.isEmpty()
                ? ""
                : ", allows " + Text.shown(String.join(" ", methods).replace(",", ""));
    }
}

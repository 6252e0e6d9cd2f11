package dev.outdial.server.interop;

import java.util.ArrayList;
import java.util.List;

/** The body of a message that sipp sends, with its content type. */
record SippBody(String type, String text) {
    /** The session description that sipp begins with: PCMU and telephone-event at its media port. */
    static SippBody sdp() {
        return sdp(1);
    }

    /** The same in a later version, with more lines for its audio, such as {@code a=sendonly}. */
    static SippBody sdp(int version, String... lines) {
        return audio(version, "[media_ip]", 0, "PCMU", lines);
    }

    /** PCMU and nothing else: keys can only go in the sound. */
    static SippBody sdpWithoutKeys() {
        var text = sdp().text().replace(" 101\n", "\n").lines().filter(line -> !line.contains(":101 "));
        return new SippBody("application/sdp", String.join("\n", text.toList()));
    }

    /** The old way to say hold (RFC 2543): sound is to go nowhere. */
    static SippBody sdpToNowhere(int version) {
        return audio(version, "0.0.0.0", 0, "PCMU");
    }

    /** PCMA instead of PCMU. */
    static SippBody sdpOfPcma(int version) {
        return audio(version, "[media_ip]", 8, "PCMA");
    }

    private static SippBody audio(int version, String address, int format, String name, String... lines) {
        var text = new ArrayList<>(List.of(
                "v=0",
                "o=sipp 1 " + version + " IN IP4 [local_ip]",
                "s=-",
                "c=IN IP4 " + address,
                "t=0 0",
                "m=audio [media_port] RTP/AVP " + format + " 101",
                "a=rtpmap:" + format + " " + name + "/8000",
                "a=rtpmap:101 telephone-event/8000",
                "a=fmtp:101 0-15",
                "a=ptime:20"));
        text.addAll(List.of(lines));
        return new SippBody("application/sdp", String.join("\n", text));
    }

    /** The status line that tells how a transferred call goes (RFC 3515). */
    static SippBody progress(String status) {
        return new SippBody("message/sipfrag;version=2.0", "SIP/2.0 " + status);
    }
}

package dev.outdial.media.fuzz;

import static dev.outdial.media.fuzz.Datagrams.require;

import dev.outdial.media.sdp.SdpException;
import dev.outdial.media.sdp.SessionDescription;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Anything as a session description: it is read or refused with a reason of one line. */
public final class SdpTarget {
    private SdpTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            SessionDescription description = SessionDescription.parse(input);
            require(description.media().size() <= SessionDescription.MAX_BYTES, "no more sections than bytes");
            require(
                    description.media().stream().allMatch(media -> media.port() >= 0 && media.port() < 65_536),
                    "ports");
        } catch (SdpException e) {
            require(e.getMessage().lines().count() == 1, "a reason of one line");
            require(e.getMessage().length() < 500, "a short reason");
        }
    }

    static List<byte[]> seeds() {
        return Packets.descriptions().stream()
                .map(text -> text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}

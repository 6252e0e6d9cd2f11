package dev.outdial.sip.trace;

import dev.outdial.sip.transport.WireMessage;
import dev.outdial.sip.transport.WireMessage.Direction;
import java.util.ArrayList;
import java.util.List;

/** What keeping a call's messages costs: run by hand, prints microseconds a message. */
final class TraceCost {
    private TraceCost() {}

    public static void main(String... none) {
        String sdp =
                "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0 8 101\r\n"
                        + "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\na=ptime:20\r\na=sendrecv\r\n";
        String type = "Contact: <sip:us@127.0.0.1:5060>\r\nContent-Type: application/sdp\r\n";
        String digest =
                "Authorization: Digest username=\"u\", realm=\"r\", nonce=\"abcdefghijkl\", response=\"0123456789abcdef\"\r\n";
        List<WireMessage> call = new ArrayList<>();
        call.add(Wire.message(0, Direction.SENT, Wire.bytes(Wire.request("INVITE", 1, "", type, digest) + sdp)));
        call.add(Wire.message(1, Direction.RECEIVED, Wire.bytes(Wire.response(100, "Trying", "INVITE", 1))));
        call.add(Wire.message(2, Direction.RECEIVED, Wire.bytes(Wire.response(180, "Ringing", "INVITE", 1))));
        call.add(Wire.message(3, Direction.RECEIVED, Wire.bytes(Wire.response(200, "OK", "INVITE", 1, type) + sdp)));
        call.add(Wire.message(4, Direction.SENT, Wire.bytes(Wire.request("ACK", 1, "theirs"))));
        call.add(Wire.message(5, Direction.SENT, Wire.bytes(Wire.request("BYE", 2, "theirs"))));
        call.add(Wire.message(6, Direction.RECEIVED, Wire.bytes(Wire.response(200, "OK", "BYE", 2))));
        var logs = new CallLogs();
        int kept = 0;
        for (int round = 0; round < 6; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < 20_000; i++) {
                CallLog log = logs.follow("call-1");
                call.forEach(logs::passed);
                kept = log.messages().byteLength();
            }
            System.out.printf(
                    "%.2f us a message, %d bytes a call%n",
                    (System.nanoTime() - start) / 1e3 / 20_000 / call.size(), kept);
        }
    }
}

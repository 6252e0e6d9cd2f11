package dev.outdial.dialer.call;

import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.testbed.link.ImpairedLink;
import dev.outdial.testbed.rtp.TelephoneEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A telephone in simulated time: rings, answers a second later, repeats the answer until it is acknowledged, presses its
 * keys, hangs up, and repeats its BYE until it is answered.
 */
final class SimulatedCallee {
    /** A telephone-event packet on its way. */
    record KeyPacket(int timestamp, TelephoneEvent event) {}

    private static final int STEP_MILLIS = 20;
    private static final int PRESSED_MILLIS = 100;
    private static final int PAUSE_MILLIS = 100;
    private static final int REPEAT_MILLIS = 500;

    private final ImpairedLink<SipResponse> responses;
    private final ImpairedLink<SipRequest> requests;
    private final ImpairedLink<KeyPacket> keys;
    private final String digits;
    private Optional<OutboundRequest> invite = Optional.empty();
    private long invitedNanos;
    private long repeatNanos;
    private boolean acknowledged;
    private boolean byeAnswered;

    SimulatedCallee(
            String digits,
            ImpairedLink<SipResponse> responses,
            ImpairedLink<SipRequest> requests,
            ImpairedLink<KeyPacket> keys) {
        this.digits = digits;
        this.responses = responses;
        this.requests = requests;
        this.keys = keys;
    }

    void hear(OutboundRequest request, long nowNanos) {
        switch (request.request().method()) {
            case "INVITE" -> {
                if (invite.isEmpty()) {
                    invite = Optional.of(request);
                    invitedNanos = nowNanos;
                    repeatNanos = nowNanos + millis(1000);
                }
                responses.send(response(request, 180), nowNanos);
            }
            case "ACK" -> acknowledged = true;
            default -> responses.send(response(request, 200), nowNanos);
        }
    }

    void byeAnswered() {
        byeAnswered = true;
    }

    /** Does what is due in these 20 ms. */
    void tick(long nowNanos) {
        if (invite.isEmpty()) {
            return;
        }
        long talkMillis = (nowNanos - invitedNanos) / 1_000_000 - 1000;
        boolean repeat = nowNanos - repeatNanos >= 0;
        if (repeat) {
            repeatNanos = nowNanos + millis(REPEAT_MILLIS);
        }
        if (talkMillis >= 0 && !acknowledged && repeat) {
            responses.send(response(invite.get(), 200), nowNanos);
        }
        long pressingMillis = talkMillis - 2000;
        long keyTime = PRESSED_MILLIS + PAUSE_MILLIS;
        if (pressingMillis >= 0 && pressingMillis < digits.length() * keyTime) {
            press((int) (pressingMillis / keyTime), (int) (pressingMillis % keyTime), nowNanos);
        }
        if (pressingMillis > digits.length() * keyTime + 2000 && !byeAnswered && repeat) {
            requests.send(bye(), nowNanos);
        }
    }

    //   now   timestamp  duration  end
    //     0       t          0      0     digit pressed
    //    20       t        160      0
    //   100       t        800      1     released: three end packets (RFC 4733 2.5.1.4)
    private void press(int index, int keyMillis, long nowNanos) {
        int event = TelephoneEvent.eventOf(digits.charAt(index));
        int timestamp = 0xFFFF_F000 + index * (PRESSED_MILLIS + PAUSE_MILLIS) * 8; // wraps on the way
        if (keyMillis < PRESSED_MILLIS) {
            send(new TelephoneEvent(event, false, 10, keyMillis * 8), timestamp, nowNanos);
        } else if (keyMillis < PRESSED_MILLIS + STEP_MILLIS) {
            for (int copy = 0; copy < 3; copy++) {
                send(new TelephoneEvent(event, true, 10, PRESSED_MILLIS * 8), timestamp, nowNanos);
            }
        }
    }

    private void send(TelephoneEvent event, int timestamp, long nowNanos) {
        keys.send(new KeyPacket(timestamp, event), nowNanos);
    }

    private static SipResponse response(OutboundRequest request, int status) {
        Headers asked = request.request().headers();
        String to = asked.first("To").orElseThrow();
        List<String> fields = new ArrayList<>(List.of(
                "From", asked.first("From").orElseThrow(),
                "To", to.contains(";tag=") ? to : to + ";tag=callee",
                "Call-ID", asked.first("Call-ID").orElseThrow(),
                "CSeq", asked.first("CSeq").orElseThrow()));
        boolean answer = status == 200 && request.request().method().equals("INVITE");
        if (answer) {
            fields.addAll(List.of("Contact", "<sip:callee@192.0.2.1:5062>"));
        }
        return new SipResponse(
                status,
                status == 180 ? "Ringing" : "OK",
                request.branch(),
                Headers.of(fields.toArray(new String[0])),
                answer ? Optional.of(MessageBody.ofText(MessageBody.SDP, "v=0")) : Optional.empty());
    }

    private SipRequest bye() {
        Headers asked = invite.orElseThrow().request().headers();
        Headers headers = Headers.of(
                "From",
                asked.first("To").orElseThrow() + ";tag=callee",
                "To",
                asked.first("From").orElseThrow(),
                "Call-ID",
                asked.first("Call-ID").orElseThrow(),
                "CSeq",
                "1 BYE");
        return new SipRequest("BYE", "sip:outdial@192.0.2.9", headers, Optional.empty());
    }

    private static long millis(long millis) {
        return millis * 1_000_000;
    }
}

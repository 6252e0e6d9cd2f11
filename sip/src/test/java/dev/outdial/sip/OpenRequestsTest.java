package dev.outdial.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipAnswer;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.transport.Responder;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenRequestsTest {
    private final List<Integer> answered = new ArrayList<>();
    private final OpenRequests open = new OpenRequests();

    @Test
    void a2xxToAnInviteMayBeRepeatedUntilItIsReleased() {
        long key = open.keep(request("INVITE"), responder());
        open.answer(key, SipAnswer.of(180, "Ringing"));
        open.answer(key, SipAnswer.of(200, "OK"));
        open.answer(key, SipAnswer.of(200, "OK"));
        open.release(key);
        open.answer(key, SipAnswer.of(200, "OK"));
        assertThat(answered).containsExactly(180, 200, 200);
        assertThat(open.size()).isZero();
    }

    @Test
    void allOtherFinalAnswersAreGivenOnce() {
        for (String method : new String[] {"INVITE", "UPDATE"}) {
            long key = open.keep(request(method), responder());
            open.answer(key, SipAnswer.of(488, "Not Acceptable Here"));
            open.answer(key, SipAnswer.of(488, "Not Acceptable Here"));
        }
        long info = open.keep(request("INFO"), responder());
        open.answer(info, SipAnswer.of(200, "OK"));
        open.answer(info, SipAnswer.of(200, "OK"));
        assertThat(answered).containsExactly(488, 488, 200);
        assertThat(open.size()).isZero();
    }

    @Test
    void ofVeryManyTheOldestAreForgottenAndAnAckIsNotKeptAtAll() {
        long first = open.keep(request("UPDATE"), responder());
        for (int i = 0; i < 1_000; i++) open.keep(request("UPDATE"), responder());
        long last = open.keep(request("BYE"), responder());
        open.keep(request("ACK"), responder());
        assertThat(open.size()).isEqualTo(32);
        open.answer(first, SipAnswer.of(200, "OK"));
        assertThat(answered).isEmpty();
        open.answer(last, SipAnswer.of(200, "OK"));
        assertThat(answered).containsExactly(200);
    }

    private static SipRequest request(String method) {
        return new SipRequest(method, "sip:a@b", Headers.NONE, Optional.empty());
    }

    private Responder responder() {
        return new Responder() {
            @Override
            public Hop source() {
                return new Hop(new InetSocketAddress("192.0.2.1", 5060), TransportProtocol.UDP);
            }

            @Override
            public void answer(SipAnswer answer) {
                answered.add(answer.status());
            }
        };
    }
}

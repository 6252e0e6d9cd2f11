package dev.outdial.sip.incoming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.SipAnswer;
import dev.outdial.sip.message.SipRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutOfDialogTest {
    @ParameterizedTest
    @CsvSource({
        "INVITE, 480",
        "OPTIONS, 200",
        "BYE, 481",
        "CANCEL, 481",
        "PRACK, 481",
        "UPDATE, 481",
        "INFO, 481",
        "MESSAGE, 405",
        "SUBSCRIBE, 405",
        "NOTIFY, 405",
        "PUBLISH, 405",
        "REFER, 405",
        "REGISTER, 405",
        "DANCE, 501"
    })
    void eachMethodHasItsAnswer(String method, int status) {
        SipAnswer answer = OutOfDialog.answer(request(method, "sip:us@h")).orElseThrow();
        assertThat(answer.status()).isEqualTo(status);
        if (status == 405 || status == 501)
            assertThat(answer.headers().first("Allow").orElseThrow()).contains("INVITE");
        assertThat(OutOfDialog.answer(request(method, "sip:us@h", "To", "<sip:us@h>;tag=x"))
                        .orElseThrow()
                        .status())
                .isEqualTo(481);
    }

    @Test
    void anAckIsNeverAnswered() {
        assertThat(OutOfDialog.answer(request("ACK", "sip:us@h"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "sip:us@h, 0",
        "SIPS:us@h, 0",
        "tel:+123, 0",
        "http://us, 416",
        "unknown, 416",
    })
    void theTargetMustBeOneOfSip(String uri, int status) {
        assertThat(refusal(request("INVITE", uri))).isEqualTo(status);
        assertThat(refusal(request("OPTIONS", uri))).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "Max-Forwards, 0, 483",
        "Max-Forwards, 1, 0",
        "Require, 100rel, 0",
        "Require, '100REL, timer', 0",
        "Require, gruu, 420",
        "Content-Encoding, gzip, 415",
        "Content-Encoding, identity, 0",
        "Session-Expires, 30, 0",
        "CSeq, 1 BYE, 400",
        "CSeq, x INVITE, 400",
        "CSeq, 4294967295 INVITE, 400",
        "Contact, '', 0"
    })
    void anInviteMustBeOneThatWeCanAnswer(String name, String value, int status) {
        SipRequest request = request("INVITE", "sip:us@h", name, value);
        var described = new SipRequest(
                "INVITE", request.uri(), request.headers(), Optional.of(MessageBody.ofText(MessageBody.SDP, "v=0")));
        assertThat(refusal(described)).isEqualTo(status);
    }

    @Test
    void whatIsNotUnderstoodIsNamed() {
        SipAnswer extension = OutOfDialog.refusal(request("INVITE", "sip:us@h", "Require", "100rel, nothing, else"))
                .orElseThrow();
        assertThat(extension.headers().first("Unsupported")).contains("nothing, else");
        SipRequest isup = new SipRequest(
                "INVITE",
                "sip:us@h",
                request("INVITE", "sip:us@h").headers(),
                Optional.of(MessageBody.ofText("application/isup", "x")));
        SipAnswer body = OutOfDialog.refusal(isup).orElseThrow();
        assertThat(body.status()).isEqualTo(415);
        assertThat(body.headers().first("Accept")).contains("application/sdp");
        SipRequest optional = new SipRequest(
                "INVITE",
                "sip:us@h",
                isup.headers().plus("Content-Disposition", "signal; handling=optional"),
                isup.body());
        assertThat(OutOfDialog.refusal(optional)).isEmpty();
        SipAnswer interval = OutOfDialog.refusal(
                        request("INVITE", "sip:us@h", "Supported", "timer", "Session-Expires", "30"))
                .orElseThrow();
        assertThat(interval.status()).isEqualTo(422);
        assertThat(interval.headers().first("Min-SE")).contains("90");
        SipRequest noContact = request("INVITE", "sip:us@h");
        var without = new SipRequest(
                "INVITE",
                "sip:us@h",
                new Headers(noContact.headers().entries().stream()
                        .filter(h -> !h.is("Contact"))
                        .toList()),
                Optional.empty());
        assertThat(refusal(without)).isEqualTo(400);
    }

    private static int refusal(SipRequest request) {
        return OutOfDialog.refusal(request).map(SipAnswer::status).orElse(0);
    }

    /** With the given header in place of the usual one. */
    private static SipRequest request(String method, String uri, String... more) {
        Headers given = Headers.of(more);
        Headers usual = Headers.of(
                "From",
                "<sip:a@h>;tag=1",
                "To",
                "<sip:us@h>",
                "Call-ID",
                "c",
                "CSeq",
                "1 " + method,
                "Contact",
                "<sip:a@h>");
        Headers all = given.plus(usual.entries().stream()
                .filter(header -> given.first(header.name()).isEmpty())
                .toList());
        return new SipRequest(method, uri, all, Optional.empty());
    }
}

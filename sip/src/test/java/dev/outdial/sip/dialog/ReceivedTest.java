package dev.outdial.sip.dialog;

import static dev.outdial.sip.dialog.DialogStory.OFFER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.event.SessionEvent.Info;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.SipRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceivedTest {
    private static final MessageBody RELAY =
            MessageBody.ofText("application/dtmf-relay", "Signal=5\r\nDuration=160\r\n");

    @ParameterizedTest
    @CsvSource({
        "OPTIONS, 200",
        "INFO, 200",
        "UPDATE, 200",
        "REFER, 603",
        "SUBSCRIBE, 405",
        "MESSAGE, 405",
        "PUBLISH, 405",
        "NOTIFY, 405",
        "REGISTER, 405",
        "PRACK, 481",
        "CANCEL, 481",
        "FOO, 501"
    })
    void whatIsNotForUsIsSaidSo(String method, int status) {
        var story = new DialogStory();
        story.request(method);
        assertThat(story.statuses()).containsExactly(status);
        assertThat(story.released).containsExactly(1L);
        assertThat(story.told).isEmpty();
        if (status == 405 || status == 501) {
            assertThat(story.lastAnswer().headers().first("Allow")).contains(InDialogRequests.ALLOW);
        }
    }

    @Test
    void optionsTellsWhatWeCanDo() {
        Headers headers = new DialogStory().request("OPTIONS").lastAnswer().headers();
        assertThat(headers.first("Allow")).contains(InDialogRequests.ALLOW);
        assertThat(headers.first("Accept")).contains(MessageBody.SDP);
        assertThat(headers.first("Supported")).contains("timer");
    }

    @Test
    void anInfoOfARegisteredTypeIsTold() {
        var story = new DialogStory();
        var parameterized = MessageBody.ofText("Application/DTMF-Relay;version=1", "Signal=1");
        story.request("INFO", Optional.of(RELAY)).request("INFO", Optional.of(parameterized));
        assertThat(story.statuses()).containsExactly(200, 200);
        assertThat(story.told).containsExactly(new Info(RELAY), new Info(parameterized));
        story.request("INFO", Optional.of(MessageBody.ofText("text/plain", "x")));
        assertThat(story.lastAnswer().status()).isEqualTo(415);
        assertThat(story.lastAnswer().headers().first("Accept")).contains("application/dtmf-relay");
        story.request("INFO", Optional.of(MessageBody.ofText("text/plain", "")));
        assertThat(story.lastAnswer().status()).isEqualTo(200);
        assertThat(story.told).hasSize(2);
    }

    @Test
    void whatIsRequiredAndNotKnownIsRefusedByName() {
        var story = new DialogStory();
        story.request("INVITE", Optional.of(OFFER), "Require", "Timer, foo, 100rel", "Require", "replaces");
        assertThat(story.lastAnswer().status()).isEqualTo(420);
        assertThat(story.lastAnswer().headers().first("Unsupported")).contains("foo, replaces");
        story.request("INFO", "Require", "timer");
        assertThat(story.lastAnswer().status()).isEqualTo(200);
        story.request("BYE", "Require", "foo");
        assertThat(story.lastAnswer().status()).isEqualTo(200);
        assertThat(story.ends()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"INFO", "INVITE", "BYE", "OPTIONS"})
    void aRequestOutOfOrderIsRefused(String method) {
        var story = new DialogStory();
        story.requestNumbered(30, "OPTIONS", Optional.empty()).requestNumbered(29, method, Optional.empty());
        assertThat(story.statuses()).containsExactly(200, 500);
        story.requestNumbered(30, "OPTIONS", Optional.empty())
                .requestNumbered(4_000_000_000L, "INFO", Optional.empty());
        assertThat(story.statuses()).containsExactly(200, 500, 200, 200);
        assertThat(story.told).isEmpty();

        var called = DialogStory.called();
        called.requestNumbered(49, method, Optional.empty());
        assertThat(called.statuses()).containsExactly(500);
    }

    @Test
    void aRequestWithoutANumberIsABadOne() {
        var story = new DialogStory();
        for (String cseq : List.of("INFO", "x INFO", "99999999999 INFO")) {
            Headers headers = Headers.of("CSeq", cseq);
            story.event(new DialogEvent.Requested(77, new SipRequest("INFO", "sip:a@b", headers, Optional.empty())));
            assertThat(story.lastAnswer().status()).as(cseq).isEqualTo(400);
            story.released.clear();
        }
        story.event(new DialogEvent.Requested(78, new SipRequest("ACK", "sip:a@b", Headers.NONE, Optional.empty())));
        story.event(new DialogEvent.Requested(79, new SipRequest("CANCEL", "sip:a@b", Headers.NONE, Optional.empty())));
        assertThat(story.lastAnswer().status()).isEqualTo(481);
    }

    @Test
    void infosOfOursGoOneAtATime() {
        var story = new DialogStory();
        var second = MessageBody.ofText("application/dtmf-relay", "Signal=6");
        story.event(new DialogEvent.SendInfo(RELAY)).event(new DialogEvent.SendInfo(second));
        assertThat(story.methods()).containsExactly("INFO");
        assertThat(story.last().request().body()).contains(RELAY);
        story.challenge(story.last(), 401, "n1");
        assertThat(story.last().request().headers().first("Authorization")).isPresent();
        assertThat(story.last().request().body()).contains(RELAY);
        story.respond(story.last(), 100).respond(story.last(), 200);
        assertThat(story.methods()).containsExactly("INFO", "INFO", "INFO");
        assertThat(story.last().request().body()).contains(second);
        story.respond(story.last(), 500);
        assertThat(story.told).isEmpty();
        assertThat(story.state().nextDeadlineNanos()).isEmpty();
    }

    @Test
    void anInfoWithoutAnswerIsPassedOver() {
        var story = new DialogStory();
        for (int i = 0; i < 4; i++) story.event(new DialogEvent.SendInfo(RELAY));
        story.timesOut(story.last());
        story.event(new DialogEvent.Failed(story.last().transaction(), "no route"));
        story.passSeconds(33);
        assertThat(story.methods()).containsExactly("INFO", "INFO", "INFO", "INFO");
        story.respond(story.last(), 481);
        assertThat(story.methods().getLast()).isEqualTo("BYE");
    }

    @Test
    void veryManyInfosToAFarEndThatAnswersNoneAreNotKept() {
        var story = new DialogStory();
        for (int i = 0; i < 1_000; i++) story.event(new DialogEvent.SendInfo(RELAY));
        assertThat(story.state().infos().waiting()).hasSizeLessThanOrEqualTo(32);
    }

    @Test
    void numbersGoUpWhateverIsSent() {
        var story = new DialogStory();
        story.event(new DialogEvent.SendInfo(RELAY))
                .offerAgain(OFFER)
                .event(new DialogEvent.Refer("sip:x@y", Optional.empty()));
        story.hangUp();
        assertThat(story.sent.stream()
                        .map(r -> r.request().headers().first("CSeq").orElseThrow()))
                .containsExactly("2 INFO", "3 INVITE", "4 REFER", "5 BYE");
        assertThat(story.sent.stream().map(OutboundRequest::branch)).doesNotHaveDuplicates();
    }
}

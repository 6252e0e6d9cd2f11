package dev.outdial.sip.dialog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.sip.event.SessionEnd.Cause;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.event.SessionEvent.TransferProgress;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.OutboundRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransfersTest {
    private static DialogStory referred() {
        return new DialogStory().event(new DialogEvent.Refer("sip:3000@example.com", Optional.empty()));
    }

    private static DialogStory notify(DialogStory story, String subscription, String line) {
        Optional<MessageBody> body = line.isEmpty()
                ? Optional.empty()
                : Optional.of(MessageBody.ofText("message/sipfrag;version=2.0", line));
        return story.request("NOTIFY", body, "Event", "refer", "Subscription-State", subscription);
    }

    private static TransferProgress last(DialogStory story) {
        SessionEvent event = story.told.getLast();
        assertThat(event).isInstanceOf(TransferProgress.class);
        return (TransferProgress) event;
    }

    @Test
    void aTransferIsAskedForTakenOnAndReported() {
        var story = referred();
        Headers headers = story.last().request().headers();
        assertThat(story.last().request().method()).isEqualTo("REFER");
        assertThat(headers.first("Refer-To")).contains("<sip:3000@example.com>");
        assertThat(headers.first("Referred-By")).contains("<sip:1000@example.com>");
        assertThat(headers.first("Contact")).contains("<sip:1000@192.0.2.9:40000>");
        story.respond(story.last(), 202);
        assertThat(last(story)).isEqualTo(new TransferProgress(202, "Reason 202", false));
        notify(story, "active;expires=60", "SIP/2.0 100 Trying\r\n");
        assertThat(last(story)).isEqualTo(new TransferProgress(100, "Trying", false));
        notify(story, "active", "SIP/2.0 180 Ringing");
        assertThat(last(story)).isEqualTo(new TransferProgress(180, "Ringing", false));
        notify(story, "terminated;reason=noresource", "SIP/2.0 200 OK\r\nTo: x\r\n");
        assertThat(last(story)).isEqualTo(new TransferProgress(200, "OK", true));
        notify(story, "terminated", "SIP/2.0 200 OK");
        assertThat(story.statuses()).containsExactly(200, 200, 200, 200);
        assertThat(story.told).hasSize(4);
        assertThat(story.ends()).isEmpty();
    }

    @Test
    void anAttendedTransferNamesTheCallToBeReplaced() {
        var story = new DialogStory();
        story.event(
                new DialogEvent.Refer("sip:3000@example.com", Optional.of("a b%@1.2.3.4;to-tag=7743;from-tag=6472é")));
        assertThat(story.last().request().headers().first("Refer-To"))
                .contains("<sip:3000@example.com?Replaces=a%20b%25%401.2.3.4%3Bto-tag%3D7743%3Bfrom-tag%3D6472%C3%A9>");
        assertThat(ReferTo.format("sip:a@b?X=1", Optional.of("c"))).isEqualTo("<sip:a@b?X=1&Replaces=c>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3000", "sip:", "sip:a@b>,<sip:c@d", "sip:a\r\nX: y", "sip:a b@c", "sip:a\u00e9@b"})
    void aTargetThatIsNoUriIsRefusedBeforeAnythingIsSent(String target) {
        assertThatThrownBy(() -> new DialogEvent.Refer(target, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("transferred");
    }

    @ParameterizedTest
    @ValueSource(ints = {405, 501, 603, 503, 408})
    void aRefusedTransferIsTold(int status) {
        var story = referred();
        story.respond(story.last(), status);
        assertThat(story.told).containsExactly(new TransferProgress(status, "Reason " + status, true));
        notify(story, "terminated", "SIP/2.0 200 OK");
        assertThat(story.told).hasSize(1);
        assertThat(story.methods()).containsExactly("REFER");
    }

    @Test
    void aTransferWithinADialogThatIsGoneEndsIt() {
        var story = referred();
        story.respond(story.last(), 481).respond(story.last(), 481);
        assertThat(story.methods()).containsExactly("REFER", "BYE");
        assertThat(story.end().cause()).isEqualTo(Cause.SESSION_EXPIRED);
    }

    @Test
    void aTransferWithoutAnswerIsToldOnce() {
        var story = referred();
        story.timesOut(story.last()).passSeconds(100).respond(story.last(), 202);
        assertThat(story.told).containsExactly(new TransferProgress(408, "no answer to the REFER", true));
        var dead = referred();
        dead.passSeconds(33);
        assertThat(dead.told).containsExactly(new TransferProgress(408, "no answer to the REFER", true));
        var unsent = referred();
        unsent.event(new DialogEvent.Failed(unsent.last().transaction(), "no route"));
        assertThat(unsent.told).containsExactly(new TransferProgress(503, "no route", true));
    }

    @Test
    void aChallengedTransferGoesAgain() {
        var story = referred();
        story.challenge(story.last(), 407, "n1").respond(story.last(), 202);
        assertThat(story.methods()).containsExactly("REFER", "REFER");
        assertThat(story.sent.getLast().request().headers().first("Proxy-Authorization"))
                .isPresent();
        assertThat(story.told).hasSize(1);
    }

    @Test
    void aReportMayOvertakeTheAnswer() {
        var story = referred();
        notify(story, "active", "SIP/2.0 100 Trying");
        story.respond(story.last(), 202);
        assertThat(story.told)
                .containsExactly(
                        new TransferProgress(100, "Trying", false), new TransferProgress(202, "Reason 202", false));
        var quick = referred();
        notify(quick, "terminated", "SIP/2.0 486 Busy Here").respond(quick.last(), 202);
        assertThat(quick.told).containsExactly(new TransferProgress(486, "Busy Here", true));
    }

    @Test
    void aSubscriptionThatEndsWithoutAWordIsTheLastReport() {
        var story = referred();
        story.respond(story.last(), 202);
        notify(story, "active", "SIP/2.0 180 Ringing");
        notify(story, "Terminated;reason=timeout", "");
        assertThat(last(story)).isEqualTo(new TransferProgress(180, "the far end reports no more", true));
    }

    @Test
    void aFarEndThatWillNotReportSaysSo() {
        var story = referred();
        story.respond(story.last(), 202, "Refer-Sub", "false");
        assertThat(story.told).containsExactly(new TransferProgress(202, "Reason 202", true));
    }

    @Test
    void withoutReportsNothingHappens() {
        var story = referred();
        story.respond(story.last(), 202).passSeconds(3_600);
        assertThat(story.told).hasSize(1);
        assertThat(story.ends()).isEmpty();
    }

    @Test
    void aSecondTransferWhileTheFirstIsAskedForIsNotSent() {
        var story = referred();
        story.event(new DialogEvent.Refer("sip:4@b", Optional.empty()));
        assertThat(story.sent).hasSize(1);
        story.respond(story.last(), 202);
        notify(story, "terminated", "SIP/2.0 503 Service Unavailable");
        story.event(new DialogEvent.Refer("sip:4@b", Optional.empty()));
        assertThat(story.sent).hasSize(2);
    }

    private static DialogStory reported(DialogStory story, long number, String line) {
        return story.request(
                "NOTIFY",
                Optional.of(MessageBody.ofText("message/sipfrag", line)),
                "Event",
                "refer;id=" + number,
                "Subscription-State",
                "active");
    }

    private static long numberOf(OutboundRequest refer) {
        return refer.request()
                .headers()
                .first("CSeq")
                .flatMap(Headers::leadingNumber)
                .orElseThrow();
    }

    @Test
    void aSecondTransferDoesNotTakeTheReportsOfTheFirst() {
        var story = referred();
        long first = numberOf(story.last());
        story.respond(story.last(), 202).event(new DialogEvent.Refer("sip:4@b", Optional.empty()));
        long second = numberOf(story.last());
        story.respond(story.last(), 202);

        reported(story, first, "SIP/2.0 486 Busy Here");
        assertThat(last(story)).isEqualTo(new TransferProgress(486, "Busy Here", true, true));
        reported(story, second, "SIP/2.0 180 Ringing");
        assertThat(last(story)).isEqualTo(new TransferProgress(180, "Ringing", false));
        reported(story, first, "SIP/2.0 503 Late");
        assertThat(last(story).status()).isEqualTo(180);
        reported(story, second, "SIP/2.0 200 OK");
        assertThat(last(story)).isEqualTo(new TransferProgress(200, "OK", true));
        assertThat(story.statuses()).containsOnly(200);
    }

    @Test
    void reportsThatNameNoneAreAboutTheFirstForAsLongAsItIsReportedOn() {
        var story = referred();
        story.respond(story.last(), 202).event(new DialogEvent.Refer("sip:4@b", Optional.empty()));
        story.respond(story.last(), 202);

        notify(story, "active", "SIP/2.0 180 Ringing");
        assertThat(last(story)).isEqualTo(new TransferProgress(180, "Ringing", false, true));
        notify(story, "terminated", "SIP/2.0 486 Busy Here");
        assertThat(last(story)).isEqualTo(new TransferProgress(486, "Busy Here", true, true));
        notify(story, "terminated", "SIP/2.0 200 OK");
        assertThat(last(story)).isEqualTo(new TransferProgress(200, "OK", true));
    }

    @Test
    void theByeMayCrossTheReports() {
        var story = referred();
        story.respond(story.last(), 202).request("BYE");
        notify(story, "terminated", "SIP/2.0 200 OK");
        assertThat(story.statuses()).containsExactly(200, 200);
        assertThat(story.end().cause()).isEqualTo(Cause.REMOTE_BYE);

        var ours = referred();
        ours.respond(ours.last(), 202).hangUp();
        notify(ours, "active", "SIP/2.0 180 Ringing");
        assertThat(ours.statuses()).containsExactly(200);
        ours.respond(ours.last(), 200);
        assertThat(ours.end().cause()).isEqualTo(Cause.LOCAL_BYE);
    }

    @Test
    void aNotifyOfSomethingElseIsStray() {
        var story = referred();
        story.respond(story.last(), 202).request("NOTIFY", "Event", "presence").request("NOTIFY", "Event", "referral");
        assertThat(story.statuses()).containsExactly(405, 405);
        story.request("NOTIFY", "Event", "refer;id=2");
        assertThat(story.lastAnswer().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "SIP/2.0 180 Ringing, 180",
        "sip/2.0 200 OK, 200",
        "SIP/2.0 200, 200",
        "SIP/2.0  486  Busy, 486",
        "SIP/2.0 99 x, 0",
        "SIP/2.0 700 x, 0",
        "SIP/2.0 99999999999 x, 0",
        "SIP/2.0 OK, 0",
        "SIP/2.0, 0",
        "HTTP/1.1 200 OK, 0",
        "INVITE sip:a@b SIP/2.0, 0",
    })
    void aReportIsReadFromItsFirstLine(String line, int status) {
        var body = MessageBody.ofText("message/sipfrag", line);
        assertThat(StatusLine.of(body).map(StatusLine::status).orElse(0)).isEqualTo(status);
        assertThat(StatusLine.of(MessageBody.ofText("text/plain", line))).isEmpty();
    }
}

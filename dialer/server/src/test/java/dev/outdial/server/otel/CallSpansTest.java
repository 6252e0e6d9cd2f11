package dev.outdial.server.otel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.server.calls.Address;
import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.calls.CallPlan;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.Schedule;
import dev.outdial.server.otel.SpanValue.Kind;
import dev.outdial.server.otel.SpanValue.Point;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallSpansTest {
    private static final Instant START = Instant.parse("2026-03-01T09:00:00Z");
    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final List<CallEventRecord> events = new ArrayList<>();

    private void event(long second, String type, String data) {
        events.add(new CallEventRecord(
                0, "e" + events.size(), "acme", type, at(second), events.size() + 1L, "id", data.replace('\'', '"')));
    }

    private static Instant at(long second) {
        return START.plusSeconds(second);
    }

    private static CallRecord call(String direction, String outcome, int sipCode, long answered, long ended) {
        Address number = new Address(Address.Type.TEL, "+15550100123", "");
        return new CallRecord(
                "id",
                "acme",
                "native",
                direction,
                number,
                number,
                "carrier",
                "sip-2",
                CallStatus.HANGUP,
                false,
                2,
                outcome,
                "remote",
                "normal",
                sipCode > 0 ? OptionalInt.of(sipCode) : OptionalInt.empty(),
                "",
                OptionalInt.of(16),
                "",
                new CallPlan.Park(),
                Schedule.NOW,
                60_000,
                60_000,
                "",
                "",
                "",
                "",
                "",
                List.of(),
                "4711",
                List.of(),
                answered < 0 ? "" : "PCMU",
                "",
                "",
                "",
                Map.of(),
                Map.of(),
                false,
                false,
                false,
                Optional.empty(),
                START,
                Optional.of(at(1)),
                Optional.empty(),
                answered < 0 ? Optional.empty() : Optional.of(at(answered)),
                Optional.of(at(ended)),
                at(ended));
    }

    private SpanValue span(CallRecord call) {
        return CallSpans.of(call, events, text -> text.replace("0100", "***"));
    }

    @Test
    void eachAttemptIsASpanToItsFinalAnswerAndKeysAreCountedOnly() {
        event(0, "call.created", "{'traceparent':'" + PARENT + "'}");
        event(1, "call.dialing", "{'call':{'sip_call_id':'sip-1','trunk':'first','attempts':1}}");
        event(3, "call.updated", "{'failed_attempt':1,'failed_outcome':'failed','failed_sip_code':503}");
        event(63, "call.dialing", "{'call':{'sip_call_id':'sip-2','trunk':'second','attempts':2}}");
        event(64, "call.ringing", "{'sip_code':180,'early_media':false}");
        event(65, "call.updated", "{'changed':['early_media']}");
        event(70, "call.answered", "{'codec':'PCMU'}");
        event(71, "recording.started", "{'recording_id':'r'}");
        event(72, "dtmf.received", "{'digit':'4'}");
        event(73, "dtmf.received", "{'digit':'7'}");
        event(80, "recording.done", "{'reason':'call-ended'}");
        event(80, "call.ended", "{'outcome':'completed','why':'the far end hung up'}");

        SpanValue span = span(call("outgoing", "completed", 200, 70, 80));

        assertThat(span.name()).isEqualTo("outgoing call");
        assertThat(span.start()).isEqualTo(at(0));
        assertThat(span.end()).isEqualTo(at(80));
        assertThat(span.error()).isEmpty();
        assertThat(span.attributes())
                .containsEntry("outdial.keys", 2L)
                .containsEntry("outdial.recordings", 1L)
                .containsEntry("outdial.attempts", 2L)
                .containsEntry("outdial.to", "+1555***123")
                .doesNotContainKey("error.type");
        assertThat(span.points())
                .extracting(Point::name)
                .containsExactly("ringing", "early media", "answered", "recording started", "recording ended", "ended");
        assertThat(span.within()).hasSize(2);
        SpanValue first = span.within().getFirst();
        assertThat(first.kind()).isEqualTo(Kind.CLIENT);
        assertThat(List.of(first.start(), first.end())).containsExactly(at(1), at(3));
        assertThat(first.error()).contains("SIP 503");
        assertThat(first.attributes())
                .containsEntry("error.type", "503")
                .containsEntry("outdial.trunk", "first")
                .containsEntry("outdial.attempt", 1L);
        SpanValue second = span.within().getLast();
        assertThat(List.of(second.start(), second.end())).containsExactly(at(63), at(70));
        assertThat(second.error()).isEmpty();
        assertThat(second.attributes())
                .containsEntry("outdial.sip.call_id", "sip-2")
                .containsEntry("outdial.sip.status_code", 200L);
        assertThat(span.toString()).doesNotContain("4711", "0100123");
        assertThat(CallSpans.parent(events)).contains(PARENT);
    }

    @ParameterizedTest
    @CsvSource({
        "completed, 200, false",
        "busy, 486, false",
        "no-answer, -1, false",
        "canceled, 487, false",
        "failed, 503, true",
        "rejected, 603, true",
        "unknown, -1, true",
    })
    void aCallIsAnErrorWhereSomethingWentWrong(String outcome, int sipCode, boolean isError) {
        event(1, "call.dialing", "{'call':{'sip_call_id':'sip-2','trunk':'carrier','attempts':1}}");
        event(9, "call.ended", "{'outcome':'" + outcome + "','why':'a sentence'}");

        SpanValue span = span(call("outgoing", outcome, sipCode, -1, 9));

        assertThat(span.error()).isEqualTo(isError ? Optional.of("a sentence") : Optional.empty());
        assertThat(span.attributes().containsKey("error.type")).isEqualTo(isError);
        SpanValue invite = span.within().getFirst();
        assertThat(invite.end()).isEqualTo(at(9));
        assertThat(invite.error().isPresent()).isEqualTo(isError);
    }

    @Test
    void whatWasNeverSentHasNoInvite() {
        event(1, "call.dialing", "{'call':{'sip_call_id':'sip-1'}}");
        event(2, "call.updated", "{'changed':['status'],'waits_for':'pace'}");
        event(5, "call.ended", "{'outcome':'refused','why':'do not call'}");

        SpanValue span = span(call("outgoing", "refused", -1, -1, 5));

        assertThat(span.within()).isEmpty();
        assertThat(span.error()).contains("do not call");
    }

    @Test
    void aCallToUsIsServedAndItsInviteLastsToTheAnswer() {
        event(0, "call.created", "{}");
        event(2, "call.answered", "{'codec':'PCMU'}");
        event(5, "call.ended", "{'outcome':'completed'}");

        SpanValue span = span(call("incoming", "completed", 200, 2, 5));

        assertThat(span.name()).isEqualTo("incoming call");
        assertThat(span.within()).singleElement().satisfies(invite -> {
            assertThat(invite.kind()).isEqualTo(Kind.SERVER);
            assertThat(List.of(invite.start(), invite.end())).containsExactly(at(0), at(2));
            assertThat(invite.error()).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            })
    void whatIsNoTraceparentIsLeftOut(String text) {
        event(0, "call.created", "{'traceparent':'" + text + "'}");

        assertThat(CallSpans.parent(events)).isEmpty();
    }
}

package dev.outdial.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.dashboard.Timeline.Entry;
import dev.outdial.server.dashboard.Timeline.Lane;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T10:00:00Z");

    private static CallEventRecord event(int seq, String type, String data) {
        return new CallEventRecord(seq, "e" + seq, "a", type, BEGIN.plusMillis(seq * 100L), seq, "c", data);
    }

    @Test
    void keysThatFollowEachOtherAreOneLine() {
        List<Entry> entries = Timeline.of(List.of(
                event(1, "dtmf.received", "{\"digit\":\"1\"}"),
                event(2, "dtmf.received", "{\"digit\":\"#\"}"),
                event(3, "media.done", "{\"kind\":\"speech\",\"duration_ms\":1500}"),
                event(4, "dtmf.received", "{\"digit\":\"2\"}")));
        assertThat(entries)
                .containsExactly(
                        new Entry(BEGIN.plusMillis(100), Lane.KEYS, "keys heard", "1 #"),
                        new Entry(BEGIN.plusMillis(300), Lane.MEDIA, "sound ends", "speech, 1.5 s long"),
                        new Entry(BEGIN.plusMillis(400), Lane.KEYS, "keys heard", "2"));
    }

    @Test
    void stepsBearTheirNamesAndWhatTellsNothingIsLeftOut() {
        List<Entry> entries = Timeline.of(List.of(
                event(1, "call.updated", "{}"),
                event(2, "action.started", "{\"action_id\":\"welcome\",\"action\":\"talk\"}"),
                event(3, "call.answered", "{\"codec\":\"OPUS\",\"encrypted\":true}"),
                event(
                        4,
                        "call.ended",
                        "{\"call\":{\"sip_code\":486,\"sip_phrase\":\"Busy Here\",\"cause\":\"USER_BUSY\"}}"),
                event(5, "error", "{\"where\":\"report\",\"message\":\"nobody answers\"}")));
        assertThat(entries)
                .extracting(Entry::title, Entry::detail)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("step", "welcome (talk)"),
                        org.assertj.core.groups.Tuple.tuple("answered", "OPUS encrypted"),
                        org.assertj.core.groups.Tuple.tuple("ended", "486 Busy Here USER_BUSY"),
                        org.assertj.core.groups.Tuple.tuple("error", "report: nobody answers"));
    }
}

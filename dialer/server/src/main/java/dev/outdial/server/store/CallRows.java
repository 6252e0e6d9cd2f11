package dev.outdial.server.store;

import dev.outdial.server.calls.Address;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.Schedule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Between a call and its row. Columns that an update leaves alone stand in {@link #once}, all others in {@link #changing}. */
final class CallRows {
    /** As much of a tag as is looked for by an index. */
    private static final int TAG_START = 255;

    /** A column and what it holds. */
    record Column(String name, @Nullable Object content) {}

    private CallRows() {}

    static String insertion(List<Column> columns) {
        return "INSERT INTO calls ("
                + columns.stream().map(Column::name).collect(Collectors.joining(", "))
                + ") VALUES ("
                + columns.stream().map(column -> "?").collect(Collectors.joining(", "))
                + ")";
    }

    static String assignments(List<Column> columns) {
        return columns.stream().map(column -> column.name() + " = ?").collect(Collectors.joining(", "));
    }

    static List<@Nullable Object> contents(List<Column> columns) {
        List<@Nullable Object> contents = new ArrayList<>();
        columns.forEach(column -> contents.add(column.content()));
        return contents;
    }

    static List<Column> once(CallRecord call) {
        Schedule schedule = call.schedule();
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("id", call.id()));
        columns.add(new Column("account", call.account()));
        columns.add(new Column("origin", call.origin()));
        columns.add(new Column("direction", call.direction()));
        columns.add(new Column("plan", Json.of(call.plan())));
        columns.add(new Column("not_before_ms", Sql.millis(schedule.notBefore())));
        columns.add(new Column("window_from", text(schedule.window().map(Schedule.Window::from))));
        columns.add(new Column("window_to", text(schedule.window().map(Schedule.Window::to))));
        columns.add(new Column(
                "window_zone", schedule.window().flatMap(Schedule.Window::zone).orElse(null)));
        columns.add(new Column("priority", schedule.priority()));
        columns.add(new Column("retries", schedule.retries()));
        columns.add(new Column("give_up_ms", Sql.millis(schedule.giveUpAt())));
        columns.add(new Column("ring_limit_ms", call.ringMillisLimit()));
        columns.add(new Column("duration_limit_ms", call.durationMillisLimit()));
        columns.add(new Column("digits_all", call.digitsAll()));
        columns.add(new Column("tag", call.tag()));
        columns.add(new Column("tag_start", tagStart(call.tag())));
        columns.add(new Column("metadata", call.metadata()));
        columns.add(new Column("headers", Json.of(call.headers())));
        columns.add(new Column("anonymous", call.anonymous()));
        columns.add(new Column("to_record", call.record()));
        columns.add(new Column("detect_machine", call.detectMachine()));
        columns.add(new Column("callbacks", Json.of(call.callbacks())));
        columns.add(new Column("created_ms", call.created().toEpochMilli()));
        return columns;
    }

    static List<Column> changing(CallRecord call) {
        List<Column> columns = new ArrayList<>();
        address("from", call.from(), columns);
        address("to", call.to(), columns);
        columns.add(new Column("trunk", call.trunk()));
        columns.add(new Column("sip_call_id", call.sipCallId()));
        columns.add(new Column("status", call.status().word()));
        columns.add(new Column("early_media", call.earlyMedia()));
        columns.add(new Column("attempts", call.attempts()));
        columns.add(new Column("outcome", call.outcome()));
        columns.add(new Column("hangup_by", call.hangupBy()));
        columns.add(new Column("hangup_reason", call.hangupReason()));
        columns.add(new Column("sip_code", number(call.sipCode())));
        columns.add(new Column("sip_phrase", call.sipPhrase()));
        columns.add(new Column("q850", number(call.q850())));
        columns.add(new Column("cause", call.cause()));
        columns.add(new Column("activeflow_id", call.activeflowId()));
        columns.add(new Column("current_action", call.currentAction()));
        columns.add(new Column("groupcall_id", call.groupcallId()));
        columns.add(new Column("bridge_id", call.bridgeId()));
        columns.add(new Column("master_call_id", call.masterCallId()));
        columns.add(new Column("chained_call_ids", Json.of(call.chainedCallIds())));
        columns.add(new Column("recording_ids", Json.of(call.recordingIds())));
        columns.add(new Column("codec", call.codec()));
        columns.add(new Column("rtp", call.rtp()));
        columns.add(new Column("variables", Json.of(call.variables())));
        columns.add(new Column("invited_ms", Sql.millis(call.invited())));
        columns.add(new Column("ringing_ms", Sql.millis(call.ringing())));
        columns.add(new Column("answered_ms", Sql.millis(call.answered())));
        columns.add(new Column("ended_ms", Sql.millis(call.ended())));
        columns.add(new Column("updated_ms", call.updated().toEpochMilli()));
        return columns;
    }

    static CallRecord read(ResultSet row) throws SQLException {
        return new CallRecord(
                Sql.text(row, "id"),
                Sql.text(row, "account"),
                Sql.text(row, "origin"),
                Sql.text(row, "direction"),
                address("from", row),
                address("to", row),
                Sql.text(row, "trunk"),
                Sql.text(row, "sip_call_id"),
                status(Sql.text(row, "status")),
                row.getBoolean("early_media"),
                row.getInt("attempts"),
                Sql.text(row, "outcome"),
                Sql.text(row, "hangup_by"),
                Sql.text(row, "hangup_reason"),
                Sql.maybeInt(row, "sip_code"),
                Sql.text(row, "sip_phrase"),
                Sql.maybeInt(row, "q850"),
                Sql.text(row, "cause"),
                Json.plan(Sql.text(row, "plan")),
                schedule(row),
                row.getLong("ring_limit_ms"),
                row.getLong("duration_limit_ms"),
                Sql.text(row, "activeflow_id"),
                Sql.text(row, "current_action"),
                Sql.text(row, "groupcall_id"),
                Sql.text(row, "bridge_id"),
                Sql.text(row, "master_call_id"),
                Json.list(Sql.text(row, "chained_call_ids")),
                Sql.text(row, "digits_all"),
                Json.list(Sql.text(row, "recording_ids")),
                Sql.text(row, "codec"),
                Sql.text(row, "rtp"),
                Sql.text(row, "tag"),
                Sql.text(row, "metadata"),
                Json.map(Sql.text(row, "variables")),
                Json.map(Sql.text(row, "headers")),
                row.getBoolean("anonymous"),
                row.getBoolean("to_record"),
                row.getBoolean("detect_machine"),
                Json.callbacks(Sql.text(row, "callbacks")),
                Sql.time(row, "created_ms"),
                Sql.maybeTime(row, "invited_ms"),
                Sql.maybeTime(row, "ringing_ms"),
                Sql.maybeTime(row, "answered_ms"),
                Sql.maybeTime(row, "ended_ms"),
                Sql.time(row, "updated_ms"));
    }

    private static Schedule schedule(ResultSet row) throws SQLException {
        Optional<String> from = Sql.maybeText(row, "window_from");
        Optional<String> to = Sql.maybeText(row, "window_to");
        Optional<Schedule.Window> window = from.isEmpty() || to.isEmpty()
                ? Optional.empty()
                : Optional.of(new Schedule.Window(
                        LocalTime.parse(from.get()), LocalTime.parse(to.get()), Sql.maybeText(row, "window_zone")));
        return new Schedule(
                Sql.maybeTime(row, "not_before_ms"),
                window,
                row.getInt("priority"),
                row.getInt("retries"),
                Sql.maybeTime(row, "give_up_ms"));
    }

    static CallStatus status(String word) {
        return CallStatus.valueOf(word.toUpperCase(Locale.ROOT));
    }

    static String tagStart(String tag) {
        return tag.substring(0, Math.min(TAG_START, tag.length()));
    }

    /** When a queued call is due at first. */
    static long due(CallRecord call) {
        Instant due = call.schedule().notBefore().orElse(call.created());
        return due.toEpochMilli();
    }

    private static void address(String which, Address address, List<Column> columns) {
        columns.add(new Column(which + "_type", address.type().name().toLowerCase(Locale.ROOT)));
        columns.add(new Column(which + "_target", address.target()));
        columns.add(new Column(which + "_name", address.name()));
    }

    private static Address address(String which, ResultSet row) throws SQLException {
        String type = Sql.text(row, which + "_type").toUpperCase(Locale.ROOT);
        return new Address(
                Address.Type.valueOf(type), Sql.text(row, which + "_target"), Sql.text(row, which + "_name"));
    }

    private static @Nullable Integer number(OptionalInt number) {
        return number.isPresent() ? (Integer) number.getAsInt() : null;
    }

    private static @Nullable String text(Optional<LocalTime> time) {
        return time.map(LocalTime::toString).orElse(null);
    }
}

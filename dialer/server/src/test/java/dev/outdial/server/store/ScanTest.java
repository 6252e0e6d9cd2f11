package dev.outdial.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.Schedule;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is asked again and again does not read all that is kept. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScanTest {
    private static final int WAITING = 500;
    private static final int GONE = 20;
    private static final Pattern SCANNED = Pattern.compile("scanCount: (\\d+)");

    private final StoreSettings settings = Databases.H2.fresh();
    private final Store store = Store.open(settings);

    @BeforeAll
    void fill() {
        var later = new Schedule(Optional.of(Samples.NOW.plusSeconds(3600)), Optional.empty(), 0, 0, Optional.empty());
        store.lightly(tables -> {
            for (int i = 0; i < WAITING; i++)
                tables.calls().insert(Samples.queued("a", "+49301" + i, later, Samples.NOW));
            return WAITING;
        });
        store.lightly(tables -> {
            List<CampaignsTable.Member> members = new ArrayList<>();
            for (int i = 1; i <= WAITING; i++) {
                CallRecord call = Samples.queued("b", "+49302" + i);
                tables.calls().insert(call);
                members.add(new CampaignsTable.Member(call.id(), i));
            }
            tables.campaigns().take("c", members);
            return WAITING;
        });
    }

    @AfterAll
    void close() {
        store.close();
    }

    @Test
    void whenTheNextIsDueIsReadFromTheEndOfTheIndex() throws SQLException {
        assertThat(scanned(QueueTable.NEXT_DUE)).isLessThan(5);
    }

    @Test
    void whatIsPastItsTimeIsFoundWithoutReadingWhatNeverIs() throws SQLException {
        assertThat(scanned(QueueTable.PAST_GIVE_UP
                        .replaceFirst("\\?", "" + Samples.NOW.toEpochMilli())
                        .replaceFirst("\\?", "100")))
                .isLessThan(5);
    }

    @Test
    void theNewestCallsAreListedWithoutReadingTheRest() throws SQLException {
        assertThat(scanned("SELECT * FROM calls WHERE account = 'a' AND deleted_ms IS NULL"
                        + CallsTable.order(Optional.empty()) + " LIMIT 10"))
                .isLessThan(15);
    }

    @Test
    void theCallsThatAreUpAreListedWithoutReadingTheRest() throws SQLException {
        assertThat(scanned("SELECT * FROM calls WHERE account = 'a' AND deleted_ms IS NULL AND status = 'progressing'"
                        + CallsTable.order(Optional.of(CallStatus.PROGRESSING)) + " LIMIT 10"))
                .isLessThan(5);
    }

    @Test
    void whomACampaignMayCallNextIsFoundWithoutReadingAllWhoWait() throws SQLException {
        assertThat(scanned(CampaignsTable.DUE
                        .replaceFirst("\\?", "'c'")
                        .replaceFirst("\\?", "" + Samples.NOW.plusSeconds(1).toEpochMilli())
                        .replaceFirst("\\?", "10")))
                .isLessThan(15);
        assertThat(scanned(CampaignsTable.LET_IN_BEFORE.replaceFirst("\\?", "'c'")))
                .isLessThan(5);
        assertThat(scanned(CampaignsTable.LET_IN_AFTER.replaceFirst("\\?", "'c'")))
                .isLessThan(5);
    }

    @Test
    void whatTheGoneLeftBehindIsFoundWithoutReadingAllCallsForEachAndWhoLeftNothingIsForgotten() throws SQLException {
        store.lightly(tables -> {
            for (int i = 0; i < GONE; i++) {
                tables.nodes().enter("gone-" + i, Duration.ofSeconds(1));
                tables.nodes().leave("gone-" + i);
            }
            return GONE;
        });
        var call = Samples.queued("gone", "+493017777");
        store.lightly(tables -> {
            tables.calls().insert(call);
            tables.queue().own(call.id(), "gone-7", 1);
            return call;
        });
        String plan = plan(NodesTable.GONE_WITH_CALLS);
        assertThat(SCANNED.matcher(plan).results().mapToInt(one -> Integer.parseInt(one.group(1))))
                .as(plan)
                .allMatch(count -> count < GONE * WAITING / 5);

        assertThat(store.<List<String>>lightly(tables -> {
                    tables.nodes().forgetGone();
                    return tables.nodes().goneWithCalls();
                }))
                .containsExactly("gone-7");
        assertThat(store.<Boolean>lightly(tables -> tables.nodes().bury("gone-3", 0)))
                .as("it is not there any more")
                .isFalse();
    }

    @Test
    void whatIsOldIsFoundWithoutReadingWhatIsNot() throws SQLException {
        long now = Samples.NOW.toEpochMilli();
        store.lightly(tables -> {
            for (int i = 0; i < WAITING; i++) {
                String id = "old-" + i;
                tables.flows().insert(new StoredDocument(id, "a", id, "", "", "{}", Samples.NOW, Samples.NOW));
                tables.idempotency().claim("a", "key-" + i, "h", List.of(id), Samples.NOW);
                CallRecord call = Samples.queued("c", "+49303" + i);
                tables.calls().insert(call);
                tables.calls().update(Samples.as(call, CallStatus.HANGUP, "busy", Optional.of(Samples.NOW)));
            }
            return WAITING;
        });
        String keys = OldKeys.OLDER
                .replaceFirst("\\?", "" + now)
                .replaceFirst("\\?", "" + (now + 1))
                .replaceFirst("\\?", "" + now)
                .replaceFirst("\\?", "''")
                .replaceFirst("\\?", "''")
                .replaceFirst("\\?", "''");
        assertThat(scanned(keys.replaceFirst("\\?", "10"))).isLessThan(15);
        assertThat(counts(plan(OldKeys.IS_THERE.replace("?", "'none'")))).allMatch(count -> count < 3);
        assertThat(counts(plan(DocumentTable.OF_OVER_CALLS
                        .replaceFirst("\\?", "'flow'")
                        .replaceFirst("\\?", "'recording'")
                        .replaceFirst("\\?", "" + now)
                        .replaceFirst("\\?", "10"))))
                .allMatch(count -> count < 5);
        for (String statement : List.of(Retention.OVER, Retention.ORPHANS)) {
            assertThat(counts(plan(statement
                            .replaceFirst("\\?", "'flow'")
                            .replaceFirst("\\?", "''")
                            .replaceFirst("\\?", "" + (now - 1))
                            .replaceFirst("\\?", "10"))))
                    .as(statement)
                    .allMatch(count -> count < 5);
        }
        for (String statement : List.of(Retention.CALLS, Retention.DOCUMENTS, Retention.ATTEMPTS)) {
            assertThat(counts(plan(statement.replaceFirst("\\?", "" + (now - 1)).replaceFirst("\\?", "10"))))
                    .as(statement)
                    .allMatch(count -> count < 5);
        }
    }

    private static List<Integer> counts(String plan) {
        List<Integer> counts = SCANNED.matcher(plan)
                .results()
                .map(one -> Integer.valueOf(one.group(1)))
                .toList();
        assertThat(counts).as(plan).isNotEmpty();
        return counts;
    }

    private static int first(String plan) {
        Optional<MatchResult> count = SCANNED.matcher(plan).results().findFirst();
        assertThat(count).as(plan).isPresent();
        return Integer.parseInt(count.get().group(1));
    }

    private int scanned(String statement) throws SQLException {
        return first(plan(statement));
    }

    private String plan(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(settings.url(), settings.user(), settings.password());
                Statement asked = connection.createStatement();
                ResultSet plan = asked.executeQuery("EXPLAIN ANALYZE " + statement)) {
            assertThat(plan.next()).isTrue();
            return plan.getString(1);
        }
    }
}

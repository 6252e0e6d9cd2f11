package dev.outdial.server.store;

import static dev.outdial.server.store.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.server.calls.CallQuery;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.Schedule;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.store.IdempotencyTable.Claim;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Calls, the keys of requests, and what users name. */
abstract class CallStories extends StoreStories {
    private static final CallQuery ALL = new CallQuery(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            1000);

    CallStories(Databases database) {
        super(database);
    }

    @Test
    void aCallIsReadAsItWasKept() {
        CallRecord call = Samples.full("whole");
        insert(call);

        assertThat(maybe(store, tables -> tables.calls().find("whole", call.id())))
                .contains(call);
        assertThat(maybe(store, tables -> tables.calls().find("other", call.id())))
                .isEmpty();
        assertThat(maybe(store, tables -> tables.calls().bySipCallId(call.sipCallId())))
                .contains(call);
    }

    @Test
    void anUpdateLeavesTheDigitsToTheJournal() {
        CallRecord call = Samples.full("update");
        insert(call);
        CallRecord over = Samples.as(call, CallStatus.HANGUP, "completed", Optional.of(NOW.plusSeconds(9)));
        store.durably(tables -> tables.calls().update(over));

        assertThat(maybe(store, tables -> tables.calls().byId(call.id()))).contains(over);
    }

    @Test
    void pagesShowEachCallOnceTheNewestFirst() {
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            // Many in one millisecond: the id decides.
            CallRecord call = Samples.queued("pages", "+4930" + i, Schedule.NOW, NOW.plusMillis(i / 10));
            insert(call);
            kept.add(call.id());
        }
        List<String> seen = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        Instant last = Instant.MAX;
        do {
            Optional<String> from = cursor;
            Page<CallRecord> page = list("pages", with(ALL, from, 10));
            for (CallRecord call : page.items()) {
                assertThat(call.created()).isBeforeOrEqualTo(last);
                last = call.created();
                seen.add(call.id());
            }
            // What comes meanwhile disturbs no page after.
            insert(Samples.queued("pages", "+4931", Schedule.NOW, NOW.plusSeconds(1)));
            cursor = page.next();
        } while (cursor.isPresent());

        assertThat(seen).containsExactlyInAnyOrderElementsOf(kept);
    }

    @Test
    void eachFilterFindsItsOwn() {
        CallRecord full = Samples.full("filters");
        insert(full);
        CallRecord other = Samples.as(
                Samples.queued("filters", "+4940", Schedule.NOW, NOW.plusSeconds(60)),
                CallStatus.HANGUP,
                "busy",
                Optional.of(NOW));
        insert(other);

        assertThat(found(query("to", "+4940"))).containsExactly(other.id());
        assertThat(found(query("tag", "spring"))).containsExactly(full.id());
        assertThat(found(query("outcome", "busy"))).containsExactly(other.id());
        assertThat(found(query("status", "progressing"))).containsExactly(full.id());
        assertThat(found(query("since", NOW.plusSeconds(60).toString()))).containsExactly(other.id());
        assertThat(found(query("until", NOW.plusSeconds(60).toString()))).containsExactly(full.id());
        assertThat(found(query("from", "sip:me@example.org"))).hasSize(2);
        assertThat(found(query("from", "nobody"))).isEmpty();
        assertThat(found(query("direction", "incoming"))).isEmpty();
        assertThat(found(query("origin", "cequens"))).isEmpty();
    }

    @Test
    void aDeletedCallIsFoundNoMore() {
        CallRecord call = Samples.full("deleted");
        insert(call);
        store.durably(tables -> {
            tables.calls().softDelete(call.id(), NOW);
            return true;
        });

        assertThat(maybe(store, tables -> tables.calls().find("deleted", call.id())))
                .isEmpty();
        assertThat(list("deleted", ALL).items()).isEmpty();
        assertThat(maybe(store, tables -> tables.calls().byId(call.id()))).isPresent();
    }

    @Test
    void aCursorThatNobodyGaveIsRefusedByName() {
        assertThatThrownBy(() -> list("x", with(ALL, Optional.of("drop table"), 10)))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        told -> assertThat(told.fields().getFirst().field()).isEqualTo("cursor"));
    }

    @Test
    void theSameRequestFortyTimesAtOnceMakesOneCall() throws Exception {
        List<String> answers = atOnce(40, i -> {
            CallRecord mine = Samples.queued("same", "+4950");
            return store.durably(tables -> {
                Claim claim = tables.idempotency().claim("same", "key", "hash", List.of(mine.id()), NOW);
                if (claim instanceof Claim.Replay replay) {
                    return replay.ids().getFirst();
                }
                tables.calls().insert(mine);
                return mine.id();
            });
        });

        assertThat(answers).hasSize(40).containsOnly(answers.getFirst());
        assertThat(list("same", ALL).items()).extracting(CallRecord::id).containsExactly(answers.getFirst());
        Claim other = store.durably(tables -> tables.idempotency().claim("same", "key", "else", List.of("x"), NOW));
        assertThat(other).isEqualTo(new Claim.OtherBody());
    }

    @Test
    void workThatThrowsLeavesNothing() {
        CallRecord call = Samples.queued("undone", "+4960");
        assertThatThrownBy(() -> store.durably(tables -> {
                    tables.calls().insert(call);
                    throw new IllegalArgumentException("no");
                }))
                .hasMessage("no");
        assertThat(maybe(store, tables -> tables.calls().byId(call.id()))).isEmpty();
    }

    @Test
    void aNameIsTakenUntilItsOwnerIsDeleted() {
        var first = new StoredDocument(Samples.id(), "names", "menu", "", "", "{}", NOW, NOW);
        var second = new StoredDocument(Samples.id(), "names", "menu", "", "", "{\"v\":2}", NOW, NOW);
        var others = new StoredDocument(Samples.id(), "others", "menu", "", "", "{}", NOW, NOW);

        assertThat(done(store, tables -> tables.flows().insert(first))).isTrue();
        assertThat(done(store, tables -> tables.flows().insert(second))).isFalse();
        assertThat(done(store, tables -> tables.flows().insert(others))).isTrue();
        assertThat(done(store, tables -> tables.trunks().insert(first))).isTrue();
        assertThat(done(store, tables -> tables.trunks().insert(others))).isFalse();
        assertThat(done(store, tables -> tables.flows().softDelete("names", first.id(), NOW)))
                .isTrue();
        assertThat(done(store, tables -> tables.flows().insert(second))).isTrue();
        assertThat(maybe(store, tables -> tables.flows().named("names", "menu")))
                .contains(second);
        assertThat(several(
                        store,
                        tables -> tables.flows()
                                .list("names", Optional.empty(), 10)
                                .items()))
                .containsExactly(second);
    }

    @Test
    void aKeyIsFoundByItsPrefixUntilItIsDeleted() {
        var key = new StoredKey(
                Samples.id(),
                "keys",
                "mine",
                "od_abc",
                "hash",
                java.util.Set.of("call", "read"),
                NOW,
                Optional.of(NOW));
        store.durably(tables -> {
            tables.keys().insert(key);
            return true;
        });
        assertThat(several(store, tables -> tables.keys().withPrefix("od_abc"))).containsExactly(key);
        assertThat(done(store, tables -> tables.keys().softDelete("others", key.id(), NOW)))
                .isFalse();
        assertThat(done(store, tables -> tables.keys().softDelete("keys", key.id(), NOW)))
                .isTrue();
        assertThat(several(store, tables -> tables.keys().withPrefix("od_abc"))).isEmpty();
    }

    @Test
    void whatIsOldGoesAndWhatIsNotOverStays() {
        CallRecord over = Samples.as(Samples.full("old"), CallStatus.HANGUP, "completed", Optional.of(NOW));
        CallRecord open = Samples.full("old");
        insert(over);
        insert(open);
        store.durably(tables -> {
            tables.events().append("old", "call.ended", NOW, over.id(), "{}");
            tables.events().append("old", "call.dialing", NOW, open.id(), "{}");
            tables.idempotency().claim("old", "of-over", "h", List.of(over.id()), NOW);
            return tables.idempotency().claim("old", "of-open", "h", List.of(open.id()), NOW);
        });
        int gone = 0;
        for (int now = -1; now != 0; gone += now) {
            now = store.durably(tables -> tables.retention().deleteOlderThan(NOW.plusMillis(1), 1));
        }
        deleteKeys(NOW.plusMillis(1), 1);

        assertThat(gone).isGreaterThan(1);
        assertThat(list("old", ALL).items()).containsExactly(open);
        assertThat(several(store, tables -> tables.events().ofCall("old", over.id())))
                .isEmpty();
        assertThat(several(store, tables -> tables.events().ofCall("old", open.id())))
                .hasSize(1);
        assertThat(answer(store, tables -> tables.idempotency().claim("old", "of-open", "h", List.of(), NOW)))
                .isEqualTo(new Claim.Replay(List.of(open.id())));
        assertThat(answer(store, tables -> tables.idempotency().claim("old", "of-over", "h", List.of(), NOW)))
                .isEqualTo(new Claim.First());
    }

    @Test
    void whatHangsOnACallGoesWithIt() {
        Instant old = NOW.minusSeconds(100);
        CallRecord over = Samples.as(Samples.full("voices"), CallStatus.HANGUP, "completed", Optional.of(old));
        CallRecord open = Samples.full("voices");
        insert(over);
        insert(open);
        store.durably(tables -> {
            tables.recordings().insert(document("v-over", over.id(), "ended", old));
            tables.recordings().insert(document("v-open", open.id(), "ended", old));
            tables.recordings().insert(document("v-orphan", "none", "ended", old));
            tables.recordings().insert(document("v-cut", "none", "recording", old));
            tables.gathers().insert(document("g-over", over.id(), "completed", old));
            tables.gathers().insert(document("g-orphan", "none", "collecting", old));
            tables.groupcalls().insert(document("c-over", "", "hangup", old));
            tables.groupcalls().insert(document("c-young", "", "hangup", NOW));
            tables.groupcalls().insert(document("c-open", "", "progressing", old));
            tables.bridges().insert(document("b-over", "", "terminated", old));
            return tables.bridges().insert(document("b-open", "", "held", old));
        });
        for (int gone = -1; gone != 0; ) {
            gone = store.durably(tables -> tables.retention().deleteOlderThan(NOW, 1));
        }

        assertThat(ids(tables -> tables.recordings().all())).containsExactly("v-open");
        assertThat(ids(tables -> tables.gathers().all())).isEmpty();
        assertThat(ids(tables -> tables.groupcalls().all())).containsExactly("c-open", "c-young");
        assertThat(ids(tables -> tables.bridges().all())).containsExactly("b-open");
    }

    private static StoredDocument document(String id, String parent, String state, Instant time) {
        return new StoredDocument(id, "voices", "", parent, state, "{}", time, time);
    }

    private List<String> ids(Work<List<StoredDocument>> which) {
        return several(store, which).stream()
                .filter(one -> one.account().equals("voices"))
                .map(StoredDocument::id)
                .toList();
    }

    @Test
    void aKeyLivesAsLongAsAnythingThatWasMadeUnderIt() {
        Instant old = NOW.minusSeconds(100);
        CallRecord open = Samples.full("keyed");
        insert(open);
        store.durably(tables -> {
            tables.flows().insert(new StoredDocument("keyed-flow", "keyed", "f", "", "", "{}", old, old));
            tables.idempotency().claim("keyed", "of-flow", "h", List.of("keyed-flow"), old);
            tables.idempotency().claim("keyed", "of-several", "h", List.of("gone", open.id()), old);
            tables.idempotency().claim("keyed", "of-none", "h", List.of("gone"), old);
            return tables.idempotency().claim("keyed", "of-young", "h", List.of("gone"), NOW);
        });
        deleteKeys(NOW, 2);

        assertThat(keysOf("keyed")).containsExactly("of-flow", "of-several", "of-young");

        store.durably(tables -> tables.flows().softDelete("keyed", "keyed-flow", old));
        store.durably(tables -> tables.retention().deleteOlderThan(NOW, 100));
        deleteKeys(NOW, 2);

        assertThat(keysOf("keyed")).containsExactly("of-several", "of-young");
    }

    private List<String> keysOf(String account) {
        return store.lightly(tables -> Stream.of("of-flow", "of-none", "of-several", "of-young")
                .filter(key ->
                        tables.idempotency().claim(account, key, "else", List.of(), NOW) instanceof Claim.OtherBody)
                .toList());
    }

    private void deleteKeys(Instant before, int limit) {
        Optional<OldKeys.Key> last = Optional.empty();
        do {
            Optional<OldKeys.Key> after = last;
            OldKeys.Page page = store.read(tables -> tables.oldKeys().olderThan(before, after, limit));
            store.durably(tables -> tables.oldKeys().delete(page.gone()));
            last = page.last();
        } while (last.isPresent());
    }

    private void insert(CallRecord call) {
        store.lightly(tables -> {
            tables.calls().insert(call);
            return true;
        });
    }

    private Page<CallRecord> list(String account, CallQuery query) {
        return store.read(tables -> tables.calls().list(account, query));
    }

    private List<String> found(CallQuery query) {
        return list("filters", query).items().stream().map(CallRecord::id).toList();
    }

    private static CallQuery with(CallQuery query, Optional<String> cursor, int limit) {
        return new CallQuery(
                query.from(),
                query.to(),
                query.status(),
                query.direction(),
                query.origin(),
                query.outcome(),
                query.tag(),
                query.since(),
                query.until(),
                cursor,
                limit);
    }

    private static CallQuery query(String field, String value) {
        return new CallQuery(
                only("from", field, value),
                only("to", field, value),
                only("status", field, value).map(CallRows::status),
                only("direction", field, value),
                only("origin", field, value),
                only("outcome", field, value),
                only("tag", field, value),
                only("since", field, value).map(Instant::parse),
                only("until", field, value).map(Instant::parse),
                Optional.empty(),
                1000);
    }

    private static Optional<String> only(String name, String field, String value) {
        return name.equals(field) ? Optional.of(value) : Optional.empty();
    }
}

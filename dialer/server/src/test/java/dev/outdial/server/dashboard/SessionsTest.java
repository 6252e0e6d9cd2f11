package dev.outdial.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.server.calls.AccessKey;
import dev.outdial.server.calls.AccessKeyRecord;
import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.calls.Created;
import dev.outdial.server.calls.KeyService;
import dev.outdial.server.calls.NewAccessKey;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.dashboard.Sessions.Entry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Who has signed in, for how long, and from where. */
class SessionsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");
    private static final AccessKey KEY = AccessKey.make(new Random(1));
    private static final String HERE = "192.0.2.7";

    private final OneKey keys = new OneKey();
    private final AtomicLong nanos = new AtomicLong();
    private final Sessions sessions = new Sessions(keys, new Random(2), nanos::get);

    private static AccessKeyRecord record(List<String> networks, Optional<Instant> expires) {
        return new AccessKeyRecord("id", "account", "mine", KEY.prefix(), Scope.CALL, networks, NOW, expires);
    }

    /** Knows one key, or none. */
    private static final class OneKey implements KeyService {
        private Optional<AccessKeyRecord> known = Optional.of(record(List.of(), Optional.empty()));

        @Override
        public Optional<Held> find(String prefix) {
            return known.filter(key -> key.prefix().equals(prefix)).map(key -> new Held(key, KEY.hash()));
        }

        @Override
        public Created<AccessKeyRecord> create(String account, NewAccessKey wanted, Optional<RequestKey> key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public AccessKeyRecord get(String account, String id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Page<AccessKeyRecord> list(String account, PageQuery query) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void delete(String account, String id) {
            known = Optional.empty();
        }
    }

    private String opened() {
        Entry entry = sessions.open(KEY.text(), ZoneOffset.UTC, HERE, NOW);
        assertThat(entry).isInstanceOf(Entry.Opened.class);
        return ((Entry.Opened) entry).token();
    }

    private boolean isOpen(String token, Instant at) {
        return sessions.find(token, HERE, at).isPresent();
    }

    @Test
    void whoShowsTheKeyIsKnownByATokenThatIsNotTheKey() {
        String token = opened();
        assertThat(token).hasSize(AccessKey.SECRET_SIGNS).doesNotContain(KEY.prefix());
        Viewer viewer = sessions.find(token, HERE, NOW).orElseThrow();
        assertThat(viewer.account()).isEqualTo("account");
        assertThat(viewer.csrf()).isNotEqualTo(token);
        assertThat(viewer.may(Scope.ADMIN)).isFalse();
        assertThat(viewer.toString()).doesNotContain(viewer.csrf());
        assertThat(isOpen(token + "x", NOW)).isFalse();
    }

    @Test
    void itEndsWithTheKeyAndAfterHalfADayOfSilence() {
        String token = opened();
        assertThat(isOpen(token, NOW.plus(Duration.ofHours(11)))).isTrue();
        assertThat(isOpen(token, NOW.plus(Duration.ofHours(22)))).isTrue();
        assertThat(isOpen(token, NOW.plus(Duration.ofHours(35)))).isFalse();

        String other = opened();
        keys.delete("account", "id");
        assertThat(isOpen(other, NOW)).isFalse();
    }

    @Test
    void aKeyThatHasEndedOrMayNotBeUsedFromThereOpensNothing() {
        keys.known = Optional.of(record(List.of("198.51.100.0/24"), Optional.empty()));
        assertThat(sessions.open(KEY.text(), ZoneOffset.UTC, HERE, NOW)).isInstanceOf(Entry.Refused.class);
        assertThat(sessions.open(KEY.text(), ZoneOffset.UTC, "198.51.100.9", NOW))
                .isInstanceOf(Entry.Opened.class);
        keys.known = Optional.of(record(List.of(), Optional.of(NOW)));
        assertThat(sessions.open(KEY.text(), ZoneOffset.UTC, HERE, NOW)).isInstanceOf(Entry.Refused.class);
    }

    @Test
    void signedOutIsSignedOut() {
        String token = opened();
        sessions.close(token);
        assertThat(isOpen(token, NOW)).isFalse();
    }

    @Test
    void whoTriesManyKeysHasToWaitAndTheRightOneIsStillTaken() {
        String wrong = AccessKey.make(new Random(3)).text();
        for (int i = 0; i < 20; i++)
            assertThat(sessions.open(wrong, ZoneOffset.UTC, HERE, NOW)).isInstanceOf(Entry.Refused.class);
        assertThat(sessions.open(wrong, ZoneOffset.UTC, HERE, NOW)).isInstanceOf(Entry.TooMany.class);
        assertThat(sessions.open("no key", ZoneOffset.UTC, "192.0.2.8", NOW)).isInstanceOf(Entry.Refused.class);
        assertThat(sessions.open(KEY.text(), ZoneOffset.UTC, HERE, NOW)).isInstanceOf(Entry.Opened.class);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
        assertThat(sessions.open(wrong, ZoneOffset.UTC, HERE, NOW)).isInstanceOf(Entry.Refused.class);
    }
}

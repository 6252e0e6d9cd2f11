package dev.outdial.server.documents;

import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.calls.Created;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.ServiceException.Kind;
import dev.outdial.server.store.IdempotencyTable.Claim;
import dev.outdial.server.store.Store;
import dev.outdial.server.store.Tables;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What all services on documents have in common. */
final class Keeping {
    private Keeping() {}

    /** Makes something under an id of its own. */
    interface Making<T> {
        T make(Tables tables, String id, Instant now);
    }

    /** Makes one thing, once for each request key. @param again finds what was made under an id before */
    static <T> Created<T> create(
            Store store,
            Instant time,
            String account,
            Optional<RequestKey> key,
            Making<T> making,
            BiFunction<Tables, String, Optional<T>> again) {
        String id = UUID.randomUUID().toString();
        Instant now = Instant.ofEpochMilli(time.toEpochMilli()); // as exact as the store
        return store.durably(tables -> {
            if (key.isEmpty()) return new Created<>(making.make(tables, id, now), false);
            Claim claim = tables.idempotency()
                    .claim(account, key.get().key(), key.get().bodyHash(), List.of(id), now);
            return switch (claim) {
                case Claim.First first -> new Created<>(making.make(tables, id, now), false);
                case Claim.Replay replay ->
                    new Created<>(again.apply(tables, replay.ids().getFirst()).orElseThrow(Keeping::notFound), true);
                case Claim.OtherBody other -> throw reused();
            };
        });
    }

    static ServiceException reused() {
        return conflict("idempotency_key_reused", "this key was used for another body");
    }

    static ServiceException notFound() {
        return new ServiceException(Kind.NOT_FOUND, "not_found", "there is no such thing here");
    }

    static ServiceException taken(String field, String message) {
        return new ServiceException(
                Kind.CONFLICT, "taken", message, List.of(new ServiceException.Field(field, message)));
    }

    static ServiceException conflict(String code, String message) {
        return new ServiceException(Kind.CONFLICT, code, message);
    }

    static ServiceException invalid(String field, String message) {
        return new ServiceException(
                Kind.INVALID, "invalid", message, List.of(new ServiceException.Field(field, message)));
    }

    /** A page of what is in memory, the newest first. The cursor is the id of the last one of the page before. */
    static <T> Page<T> page(List<T> oldestFirst, Function<T, String> id, PageQuery query) {
        List<T> all = oldestFirst.reversed();
        int from = 0;
        if (query.cursor().isPresent()) {
            String last = query.cursor().get();
            List<String> ids = all.stream().map(id).toList();
            int at = ids.indexOf(last);
            if (at < 0) throw invalid("cursor", "is not one of this list");
            from = at + 1;
        }
        int to = Math.min(all.size(), from + query.limit());
        Optional<String> next = to < all.size() ? Optional.of(id.apply(all.get(to - 1))) : Optional.empty();
        return new Page<>(all.subList(from, to), next);
    }
}

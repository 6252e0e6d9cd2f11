package dev.outdial.server.http;

import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.calls.Created;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.ServiceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Things of accounts in memory, with idempotency and pages as the services promise. */
final class FakeTable<T> {
    private record Row<T>(String account, T item) {}

    private record Answer<T>(String bodyHash, T item) {}

    private final Function<T, String> id;
    private final Map<String, Row<T>> rows = new LinkedHashMap<>();
    private final Map<String, Answer<T>> answers = new HashMap<>();

    FakeTable(Function<T, String> id) {
        this.id = id;
    }

    synchronized Created<T> create(String account, Optional<RequestKey> key, Supplier<T> make) {
        if (key.isPresent()) {
            Answer<T> before = answers.get(account + " " + key.get().key());
            if (before != null && !before.bodyHash().equals(key.get().bodyHash()))
                throw new ServiceException(
                        ServiceException.Kind.CONFLICT, "idempotency_key_reused", "this key was used for another body");
            if (before != null) return new Created<>(before.item(), true);
        }
        T item = make.get();
        put(account, item);
        key.ifPresent(known -> answers.put(account + " " + known.key(), new Answer<>(known.bodyHash(), item)));
        return new Created<>(item, false);
    }

    synchronized void put(String account, T item) {
        rows.put(id.apply(item), new Row<>(account, item));
    }

    synchronized Optional<T> find(String account, String itemId) {
        return Optional.ofNullable(rows.get(itemId))
                .filter(row -> row.account().equals(account))
                .map(Row::item);
    }

    T get(String account, String itemId) {
        return find(account, itemId)
                .orElseThrow(() -> new ServiceException(
                        ServiceException.Kind.NOT_FOUND, "not_found", "there is no such thing here"));
    }

    synchronized T change(String account, String itemId, Function<T, T> change) {
        T changed = change.apply(get(account, itemId));
        rows.put(itemId, new Row<>(account, changed));
        return changed;
    }

    synchronized void delete(String account, String itemId) {
        get(account, itemId);
        rows.remove(itemId);
    }

    synchronized List<T> all(String account) {
        return rows.values().stream()
                .filter(row -> row.account().equals(account))
                .map(Row::item)
                .toList();
    }

    Page<T> list(String account, PageQuery query) {
        return list(account, query.cursor(), query.limit(), item -> true);
    }

    Page<T> list(String account, Optional<String> cursor, int limit, Predicate<T> wanted) {
        var newestFirst = new ArrayList<>(all(account).stream().filter(wanted).toList()).reversed();
        int from = cursor.map(Integer::parseInt).orElse(0);
        int to = Math.min(newestFirst.size(), from + limit);
        return new Page<>(
                newestFirst.subList(from, to),
                to < newestFirst.size() ? Optional.of(Integer.toString(to)) : Optional.empty());
    }
}

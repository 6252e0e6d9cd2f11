package dev.outdial.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.calls.Created;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.http.json.Fields;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The five routes of what is only kept: created, listed, looked at, replaced, deleted.
 *
 * @param <T> what is kept
 * @param <N> what is wanted
 */
final class Keeping<T, N> {
    private final String path;
    private final Function<Fields, N> read;
    private final Function<T, ObjectNode> view;

    /** @param path of all of them @param read takes the fields that it knows; the rest is refused after it */
    Keeping(String path, Function<Fields, N> read, Function<T, ObjectNode> view) {
        this.path = path;
        this.read = read;
        this.view = view;
    }

    interface Create<T, N> {
        Created<T> create(String account, N wanted, Optional<RequestKey> key);
    }

    interface Get<T> {
        T get(String account, String id);
    }

    interface Listing<T> {
        Page<T> list(String account, PageQuery query);
    }

    interface Replace<T, N> {
        T replace(String account, String id, N wanted);
    }

    interface Delete {
        void delete(String account, String id);
    }

    Route create(Scope scope, Create<T, N> create) {
        return Route.create(path, scope, exchange -> {
            N wanted = wanted(exchange.body());
            Created<T> created = create.create(exchange.account(), wanted, exchange.requestKey());
            Reply reply = Reply.created(created, path, view);
            return created.replay() ? exchange.again(path).orElse(reply) : exchange.first(reply);
        });
    }

    Route replace(Scope scope, Replace<T, N> replace) {
        return Route.put(path + "/{id}", scope, exchange -> {
            N wanted = wanted(exchange.body());
            return Reply.ok(view.apply(replace.replace(exchange.account(), exchange.id(), wanted)));
        });
    }

    Route list(Scope scope, Listing<T> list) {
        return Route.get(
                path,
                scope,
                exchange -> Reply.page(
                        list.list(exchange.account(), exchange.query().page()), view));
    }

    Route get(Scope scope, Get<T> get) {
        return Route.get(
                path + "/{id}", scope, exchange -> Reply.ok(view.apply(get.get(exchange.account(), exchange.id()))));
    }

    Route delete(Scope scope, Delete delete) {
        return Route.delete(path + "/{id}", scope, exchange -> {
            delete.delete(exchange.account(), exchange.id());
            return new Reply.Nothing();
        });
    }

    /** All five. */
    List<Route> all(
            Scope looks,
            Scope changes,
            Create<T, N> create,
            Listing<T> list,
            Get<T> get,
            Replace<T, N> replace,
            Delete delete) {
        return List.of(
                create(changes, create),
                list(looks, list),
                get(looks, get),
                replace(changes, replace),
                delete(changes, delete));
    }

    private N wanted(Fields body) {
        N wanted = read.apply(body);
        body.done();
        body.problems().throwIfAny();
        return wanted;
    }
}

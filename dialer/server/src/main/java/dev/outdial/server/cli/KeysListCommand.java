package dev.outdial.server.cli;

import dev.outdial.server.calls.AccessKeyRecord;
import dev.outdial.server.calls.FacadeKeyRecord;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.serve.KeyDesk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code outdial keys list}: all of an account, without their secrets. */
@Command(name = "list", description = "Lists access keys and credentials, without their secrets.", sortOptions = false)
final class KeysListCommand implements Callable<Integer> {
    private static final int PAGE = 200;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private KeyStoreOptions store = new KeyStoreOptions();

    @Override
    public Integer call() {
        var output = new Output(Objects.requireNonNull(spec).commandLine(), store.json());
        List<Map<String, String>> found = store.at((desk, config) -> listed(desk));
        output.result(
                Map.of("items", found),
                () -> found.forEach(key -> output.line(String.format(
                        "%-38s%-13s%-25s%s", key.get("id"), key.get("for"), key.get("created"), key.get("name")))));
        return 0;
    }

    private List<Map<String, String>> listed(KeyDesk desk) {
        var found = new ArrayList<Map<String, String>>();
        for (AccessKeyRecord key : all(query -> desk.keys().list(store.account(), query)))
            found.add(view(
                    key.id(),
                    "native " + key.scope().word(),
                    key.created().toString(),
                    key.prefix() + "_... " + key.name()));
        for (FacadeKeyRecord key : all(query -> desk.facadeKeys().list(store.account(), query)))
            found.add(view(key.id(), key.facade(), key.created().toString(), key.name()));
        return found;
    }

    private static <T> List<T> all(Function<PageQuery, Page<T>> listing) {
        var all = new ArrayList<T>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<T> page = listing.apply(new PageQuery(cursor, PAGE));
            all.addAll(page.items());
            cursor = page.next();
        } while (cursor.isPresent());
        return all;
    }

    private static Map<String, String> view(String id, String what, String created, String name) {
        var view = new LinkedHashMap<String, String>();
        view.put("id", id);
        view.put("for", what);
        view.put("created", created);
        view.put("name", name);
        return view;
    }
}

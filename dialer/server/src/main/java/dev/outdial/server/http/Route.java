package dev.outdial.server.http;

import dev.outdial.server.calls.Scope;
import java.io.IOException;
import java.util.Optional;

/**
 * A place of the API and what is done there.
 *
 * @param method such as GET
 * @param path with {@code {names}}
 * @param scope what a key must be good for; empty where none is needed
 * @param kind what the request brings
 */
record Route(String method, String path, Optional<Scope> scope, Kind kind, Action action) {
    /** What a request brings and means. */
    enum Kind {
        /** Looks, or ends something: no body. */
        PLAIN,
        /** A JSON body, which may be left out where no field is required. */
        BODY,
        /** A JSON body that makes something new: refused while the server drains. */
        CREATE,
        /** A JSON body, or one of comma-separated values, that makes something new: refused while the server drains. */
        CREATE_OF_ROWS,
        /** A body of any kind. */
        UPLOAD,
        /** Looks at what is not JSON. */
        CONTENT,
        /** An answer without an end. */
        STREAM
    }

    /** Answers a request. */
    @FunctionalInterface
    interface Action {
        Reply act(Exchange exchange) throws IOException, ProblemException;
    }

    static Route get(String path, Scope scope, Action action) {
        return new Route("GET", path, Optional.of(scope), Kind.PLAIN, action);
    }

    static Route content(String path, Scope scope, Action action) {
        return new Route("GET", path, Optional.of(scope), Kind.CONTENT, action);
    }

    static Route open(String path, Action action) {
        return new Route("GET", path, Optional.empty(), Kind.CONTENT, action);
    }

    static Route create(String path, Scope scope, Action action) {
        return new Route("POST", path, Optional.of(scope), Kind.CREATE, action);
    }

    static Route createOfRows(String path, Scope scope, Action action) {
        return new Route("POST", path, Optional.of(scope), Kind.CREATE_OF_ROWS, action);
    }

    static Route post(String path, Scope scope, Action action) {
        return new Route("POST", path, Optional.of(scope), Kind.BODY, action);
    }

    static Route put(String path, Scope scope, Action action) {
        return new Route("PUT", path, Optional.of(scope), Kind.BODY, action);
    }

    static Route delete(String path, Scope scope, Action action) {
        return new Route("DELETE", path, Optional.of(scope), Kind.PLAIN, action);
    }
}

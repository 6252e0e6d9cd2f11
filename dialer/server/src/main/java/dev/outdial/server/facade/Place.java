package dev.outdial.server.facade;

import java.io.IOException;

/**
 * A method and a path that are served.
 *
 * @param method such as GET
 * @param path with {@code {names}}
 * @param makesNew whether it is refused while the server is about to stop
 */
public record Place(String method, String path, boolean makesNew, Handler handler) {
    /** Answers a request. */
    @FunctionalInterface
    public interface Handler {
        /** Throws what reading the body throws; any other exception is our fault and answered as {@link Trouble#BROKEN}. */
        Answer answer(Asked asked) throws IOException;
    }

    /** Looks, or ends something. */
    public static Place of(String method, String path, Handler handler) {
        return new Place(method, path, false, handler);
    }

    /** Makes something new. */
    public static Place creating(String method, String path, Handler handler) {
        return new Place(method, path, true, handler);
    }
}

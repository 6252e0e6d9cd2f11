package dev.outdial.server.facade;

import java.util.List;

/**
 * One well-known API, answered by our own engine: it translates requests and answers, and holds no call logic. <b>Threading:</b> any; each
 * request has a virtual thread of its own.
 */
public interface Facade {
    /** Such as {@code bandwidth}; also the {@code origin} of its calls. */
    String name();

    /** What it serves. */
    List<Place> places();

    /** Paths that begin so are its own: what is no place there is refused in its words. */
    List<String> roots();

    /** What is answered where a request comes to none of its places, or cannot be served there. */
    Answer refused(Trouble trouble, Asked asked);
}

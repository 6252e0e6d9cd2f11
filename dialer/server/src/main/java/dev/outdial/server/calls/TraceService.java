package dev.outdial.server.calls;

import java.util.Optional;

/**
 * What went over the wire in a call: its SIP messages, and what its sound was like from second to second. While it goes on that comes from
 * memory, of calls of this process alone; from a second after its end on from the store. Each method is for one account: another's calls
 * are not found. <b>Threading:</b> any; blocks for as long as the store takes. Throws {@link ServiceException}.
 */
public interface TraceService {
    /** The messages of all attempts of a call; none where none are kept. */
    TraceRecord trace(String account, String id);

    /** What the sound of a call was like; empty where it was never answered, or that was not kept. */
    Optional<CallSeries> series(String account, String id);
}

package dev.outdial.dialer.call;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A waiting line for each trunk. <b>Threading:</b> any thread. */
public final class WaitingLines {
    private final Map<String, WaitingLine> lines = new ConcurrentHashMap<>();

    /** The one of a trunk, by its name. */
    WaitingLine of(String trunk) {
        return lines.computeIfAbsent(trunk, name -> new WaitingLine());
    }
}

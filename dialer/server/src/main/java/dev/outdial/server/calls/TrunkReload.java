package dev.outdial.server.calls;

import java.util.List;

/**
 * What became of trunks when the configuration was read again.
 *
 * @param added names of those that are there from now on
 * @param changed names of those that are used otherwise by calls from now on
 * @param removed names of those that no call begins over any more
 * @param needsRestart other settings that changed, as {@code http.port}, and count from the next start on
 */
public record TrunkReload(List<String> added, List<String> changed, List<String> removed, List<String> needsRestart) {
    public TrunkReload {
        added = List.copyOf(added);
        changed = List.copyOf(changed);
        removed = List.copyOf(removed);
        needsRestart = List.copyOf(needsRestart);
    }
}

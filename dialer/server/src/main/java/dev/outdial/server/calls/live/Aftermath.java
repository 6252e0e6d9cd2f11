package dev.outdial.server.calls.live;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is done when a transaction is committed. One owner. */
final class Aftermath {
    private final Set<String> accounts = new HashSet<>();
    private final Set<String> toHangUp = new LinkedHashSet<>();
    private final Set<String> over = new LinkedHashSet<>();
    private boolean queueChanged;

    /** Something is told to an account. */
    void told(String account) {
        accounts.add(account);
    }

    /** Another call was quicker. */
    void hangUp(String callId) {
        toHangUp.add(callId);
    }

    /** That call is over. */
    void over(String callId) {
        over.add(callId);
    }

    /** Something may be due. */
    void queueChanged() {
        queueChanged = true;
    }

    List<String> accounts() {
        return List.copyOf(accounts);
    }

    List<String> toHangUp() {
        return List.copyOf(toHangUp);
    }

    List<String> over() {
        return List.copyOf(over);
    }

    boolean isQueueChanged() {
        return queueChanged;
    }
}

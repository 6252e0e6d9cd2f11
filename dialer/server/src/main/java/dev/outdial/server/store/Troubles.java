package dev.outdial.server.store;

import dev.outdial.server.calls.ServiceException;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** What a database's complaint means to us. */
final class Troubles {
    /** Another transaction was in the way: deadlock, serialization, H2's and PostgreSQL's lock timeouts, H2's concurrent update. */
    private static final Set<String> AGAIN = Set.of("40001", "40P01", "HYT00", "55P03", "90131");

    /**
     * H2: not open, out of memory or space, its file unreadable or unwritable; PostgreSQL: going, coming, full, and where this process was
     * held up in the midst of a transaction, which is undone.
     */
    private static final Set<String> AWAY = Set.of(
            "90013", "90020", "90028", "90030", "90031", "90067", "90098", "90121", "90135", "57P01", "57P02", "57P03",
            "53100", "53200", "53300", "58030", "25006", "25P03");

    private static final String H2_CLOSED = "90098";
    private static final String CONNECTION = "08";

    private Troubles() {}

    static boolean isWorthAnotherTry(SQLException trouble) {
        return AGAIN.contains(state(trouble));
    }

    /** What is told of a statement that failed. */
    static RuntimeException of(SQLException trouble) {
        String state = state(trouble);
        boolean isAway = trouble instanceof SQLTransientConnectionException
                || state.startsWith(CONNECTION)
                || AWAY.contains(state)
                || AGAIN.contains(state)
                || isOfTheFile(trouble);
        return isAway ? away(trouble) : new IllegalStateException("the store refuses a statement", trouble);
    }

    /** Whether H2 could not write or has closed its file; it has several codes for that, and none of its own for a full disk. */
    static boolean isOfTheFile(SQLException trouble) {
        if (state(trouble).equals(H2_CLOSED)) {
            return true;
        }
        for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    static ServiceException away(Throwable reason) {
        var told = new ServiceException(
                ServiceException.Kind.UNAVAILABLE, "store_unavailable", "the store cannot be reached; try again soon");
        told.initCause(reason);
        return told;
    }

    static ServiceException lostFromSight() {
        return away(new SQLException("the database was away between a commit and its sync"));
    }

    static ServiceException busy() {
        return new ServiceException(
                ServiceException.Kind.UNAVAILABLE, "store_busy", "too much waits for the store; try again soon");
    }

    static ServiceException closed() {
        return new ServiceException(ServiceException.Kind.UNAVAILABLE, "store_closed", "the store is closed");
    }

    private static String state(SQLException trouble) {
        String state = trouble.getSQLState();
        return state == null ? "" : state;
    }
}

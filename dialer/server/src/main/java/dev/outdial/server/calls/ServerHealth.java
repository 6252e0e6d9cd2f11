package dev.outdial.server.calls;

import java.util.List;

/** How the server does. <b>Threading:</b> any. */
public interface ServerHealth {
    /** Whether work is taken, and what it hangs on. */
    Readiness readiness();

    /** The figures of the server in Prometheus' text form, version 0.0.4. */
    String metrics();

    /** @param ready whether new calls are taken */
    record Readiness(boolean ready, List<Check> checks) {
        /** Copies the checks. */
        public Readiness {
            checks = List.copyOf(checks);
        }
    }

    /** @param name such as store or trunk */
    record Check(String name, boolean ok) {}
}

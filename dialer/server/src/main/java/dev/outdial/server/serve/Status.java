package dev.outdial.server.serve;

import dev.outdial.server.calls.ServerHealth;
import dev.outdial.server.store.Store;
import java.util.List;

/** How the server does: it takes calls while its store is there and nobody told it to end. <b>Threading:</b> any. */
final class Status implements ServerHealth {
    private final Store store;
    private final Meters meters;
    private volatile boolean draining;

    Status(Store store, Meters meters) {
        this.store = store;
        this.meters = meters;
    }

    /** From now on it is not ready. */
    void drain() {
        draining = true;
    }

    @Override
    public Readiness readiness() {
        boolean isThere = store.health().up();
        var checks = List.of(new Check("store", isThere), new Check("accepting", !draining));
        return new Readiness(isThere && !draining, checks);
    }

    @Override
    public String metrics() {
        return meters.text();
    }
}

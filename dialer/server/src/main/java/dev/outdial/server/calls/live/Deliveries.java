package dev.outdial.server.calls.live;

import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.store.Tables;
import java.util.Optional;

/** Puts an event into the outbox for whoever wants to be told of it, in the transaction that keeps the event. */
@FunctionalInterface
public interface Deliveries {
    /** Nobody is told. */
    Deliveries NONE = (tables, event, call) -> {};

    /**
     * Keeps what is to be sent; it is run again where the transaction is.
     *
     * @param event its cursor is not known yet and 0
     * @param call as it stands after the event, with the callbacks that it brought along; empty where the event is of no call
     */
    void add(Tables tables, CallEventRecord event, Optional<CallRecord> call);
}

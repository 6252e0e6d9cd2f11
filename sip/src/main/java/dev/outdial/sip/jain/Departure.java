package dev.outdial.sip.jain;

import dev.outdial.sip.message.OutboundRequest;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A request that waits to be sent. Whoever takes it, be it to send it, to fail it or to withdraw it, is the only one who does: what was
 * withdrawn never leaves, and what left cannot be withdrawn. <b>Threading:</b> any thread.
 */
final class Departure implements Runnable {
    private final OutboundRequest request;
    private final Consumer<Departure> sender;
    private final AtomicBoolean taken = new AtomicBoolean();

    /** To be run by a sender's thread. */
    Departure(OutboundRequest request, Consumer<Departure> sender) {
        this.request = request;
        this.sender = sender;
    }

    OutboundRequest request() {
        return request;
    }

    /** Whether nobody has taken it. */
    boolean waits() {
        return !taken.get();
    }

    /** True for the first who asks, and nobody else. */
    boolean take() {
        return taken.compareAndSet(false, true);
    }

    @Override
    public void run() {
        sender.accept(this);
    }
}

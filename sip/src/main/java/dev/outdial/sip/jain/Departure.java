package dev.outdial.sip.jain;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.OutboundRequest;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A request that waits to be sent. Whoever takes it, be it to send it, to fail it or to withdraw it, is the only one who does: what was
 * withdrawn never leaves, and what left cannot be withdrawn. <b>Threading:</b> any thread.
 */
final class Departure implements Runnable {
    private final OutboundRequest wanted;
    private final Consumer<Departure> sender;
    private final AtomicBoolean taken = new AtomicBoolean();
    private volatile OutboundRequest request;
    private volatile boolean settled;

    /** To be run by a sender's thread. */
    Departure(OutboundRequest request, Consumer<Departure> sender) {
        this.wanted = request;
        this.request = request;
        this.sender = sender;
    }

    /** As it is to be sent now. */
    OutboundRequest request() {
        return request;
    }

    /** From now on it is to take another way. */
    void divert(Hop hop) {
        request = new OutboundRequest(wanted.request(), hop, wanted.branch());
    }

    /** Whether it takes another way than was wanted. */
    boolean isDiverted() {
        return request != wanted;
    }

    /** The other way is closed: it takes the wanted one, however large it is. */
    void restore() {
        settled = true;
        request = wanted;
    }

    /** Whether it may not be diverted. */
    boolean isSettled() {
        return settled;
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

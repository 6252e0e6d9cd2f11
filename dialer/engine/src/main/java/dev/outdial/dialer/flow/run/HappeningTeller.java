package dev.outdial.dialer.flow.run;

import dev.outdial.dialer.call.Backstage;
import dev.outdial.dialer.flow.machine.FlowHappening;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a listener what happens, one after another, on a thread of its own. <b>Threading:</b> any. */
final class HappeningTeller {
    private static final Logger LOG = LoggerFactory.getLogger(HappeningTeller.class);

    private final Backstage backstage;
    private final Consumer<FlowHappening> listener;
    private final Inbox<Runnable> inbox;
    private boolean begun;
    private volatile boolean over;

    HappeningTeller(Backstage backstage, Consumer<FlowHappening> listener) {
        this.backstage = backstage;
        this.listener = listener;
        this.inbox = new Inbox<>(backstage);
    }

    void tell(FlowHappening happening) {
        inbox.put(() -> hear(happening));
        begin();
    }

    private void hear(FlowHappening happening) {
        try {
            listener.accept(happening);
        } catch (RuntimeException | Error broken) {
            LOG.error("a listener of a flow failed at {}", happening, broken);
        }
    }

    /** Does that when all was heard; nothing is told any more. */
    void afterwards(Runnable last) {
        inbox.put(() -> {
            over = true;
            last.run();
        });
        begin();
    }

    private synchronized void begin() {
        if (begun) return;
        begun = true;
        try {
            backstage.run(this::run);
        } catch (RejectedExecutionException closed) {
            begun = false;
            for (Optional<Runnable> next = inbox.poll(); next.isPresent(); next = inbox.poll())
                next.get().run();
        }
    }

    private void run() {
        while (!over) {
            try {
                inbox.take(OptionalLong.empty()).ifPresent(Runnable::run);
            } catch (InterruptedException closing) {
                // The dialer closes: who tells comes to its end too, which is heard before this one's.
                LOG.debug("the dialer closes under a flow");
            }
        }
    }
}

package dev.outdial.server.calls.live;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.dialer.event.TrunkEvent;
import dev.outdial.server.calls.AccountRecord;
import dev.outdial.server.calls.ServiceException;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores how trunks stand as events of the first account, which are of no call. <b>Threading:</b> {@link #tell} on one thread at a time,
 * which waits where the store is away.
 */
final class TrunkNews {
    private static final Logger LOG = LoggerFactory.getLogger(TrunkNews.class);
    private static final long AGAIN_MILLIS = 1_000;

    private final Workshop workshop;
    private volatile boolean closed;

    TrunkNews(Workshop workshop) {
        this.workshop = workshop;
    }

    /** Stores it; tries again while the store is away. */
    void tell(TrunkEvent event) {
        Instant at = workshop.now();
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("trunk", event.trunk());
        String type = switch (event) {
            case TrunkEvent.Registered registered -> "trunk.registered";
            case TrunkEvent.Failed failed -> {
                failed.sipCode().ifPresent(code -> data.put("sip_code", code));
                data.put("reason", failed.why());
                yield "trunk.failed";
            }
        };
        try {
            while (!closed && !isKept(type, at, data)) Thread.sleep(AGAIN_MILLIS);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isKept(String type, Instant at, ObjectNode data) {
        try {
            boolean unused = workshop.store().durably(tables -> {
                workshop.keeper().tell(tables, AccountRecord.FIRST, type, at, data);
                return true;
            });
        } catch (ServiceException away) {
            LOG.debug("trunk={} {} is not stored yet: {}", data.path("trunk").asText(), type, away.getMessage());
            return false;
        }
        workshop.listeners().told(List.of(AccountRecord.FIRST));
        return true;
    }

    /** What is not stored yet is given up. */
    void close() {
        closed = true;
    }
}

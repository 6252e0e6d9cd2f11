package dev.outdial.server.serve;

import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerException;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.server.calls.TrunkReload;
import dev.outdial.server.calls.TrunkStatus;
import dev.outdial.server.documents.TrunkLines;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The trunks of the dialer. <b>Threading:</b> any. */
final class DialerLines implements TrunkLines {
    private static final Logger LOG = LoggerFactory.getLogger(DialerLines.class);
    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final Pattern CODE = Pattern.compile("\\b([3-6]\\d\\d)\\b");

    private final Dialer dialer;
    private final ToIntFunction<String> inUse;
    private final TrunkBook trunks;
    private final Optional<Reload> reload;

    /**
     * @param reload empty where there is no configuration to be read again
     * @param inUse how many calls go over a trunk; may block
     */
    DialerLines(Dialer dialer, TrunkBook trunks, Optional<Reload> reload, ToIntFunction<String> inUse) {
        this.reload = reload;
        this.dialer = dialer;
        this.inUse = inUse;
        this.trunks = trunks;
    }

    @Override
    public Optional<TrunkStatus> status(String name) {
        return trunks.find(name).map(this::now);
    }

    @Override
    public void changed() {
        try {
            trunks.look();
        } catch (IllegalStateException closing) {
            LOG.debug("trunks are not followed: {}", closing.getMessage());
        }
    }

    @Override
    public TrunkReload reload() {
        return reload.map(Reload::run).orElseGet(TrunkLines.super::reload);
    }

    @Override
    public Optional<TrunkStatus> register(String name) {
        Optional<Trunk> trunk = trunks.find(name);
        if (trunk.isPresent()) {
            try {
                // It has the registration refreshed.
                var unused = dialer.probe(name);
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
        }
        return trunk.map(this::now);
    }

    private TrunkStatus now(Trunk trunk) {
        int count = inUse.applyAsInt(trunk.name());
        try {
            dialer.awaitRegistered(trunk.name(), AT_ONCE);
            return status(trunk.register() ? "registered" : "ready", "", count);
        } catch (DialerException not) {
            String why = String.valueOf(not.getMessage());
            boolean isWaiting = why.contains("said nothing for");
            return isWaiting ? status("registering", "", count) : status("failed", why, count);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return status("unregistered", "", count);
        }
    }

    private static TrunkStatus status(String state, String reason, int inUse) {
        Matcher code = CODE.matcher(reason);
        OptionalInt sipCode = code.find() ? OptionalInt.of(Integer.parseInt(code.group(1))) : OptionalInt.empty();
        return new TrunkStatus(state, sipCode, reason, Optional.empty(), inUse);
    }
}

package dev.outdial.sip.jain;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers why the far ends could not be reached that were tried last, 1,000 of them. <b>Threading:</b> any thread. */
final class ConnectFailures {
    static final int MOST = 1_000;

    private final Map<InetSocketAddress, String> latest = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, String> eldest) {
            return size() > MOST;
        }
    };

    synchronized void failed(InetSocketAddress remote, String why) {
        latest.put(remote, why);
    }

    synchronized void succeeded(InetSocketAddress remote) {
        latest.remove(remote);
    }

    /** Why it could not be reached; null where it could, or was not tried lately. */
    synchronized @Nullable String why(InetSocketAddress remote) {
        return latest.get(remote);
    }
}

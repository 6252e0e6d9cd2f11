package dev.outdial.server.http;

import dev.outdial.server.facade.Facade;
import dev.outdial.server.facade.Mount;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What is served where: by the port that a request came to and by the host that it asked for. <b>Threading:</b> any. */
final class Placement {
    private final List<Mount> mounts;
    private final Set<Integer> ownPorts = new TreeSet<>();

    /** @param port of the server; 0 for any */
    Placement(List<Mount> mounts, int port) {
        this.mounts = List.copyOf(mounts);
        mounts.forEach(mount -> mount.port().ifPresent(ownPorts::add));
        ownPorts.remove(port);
    }

    /** Those that are listened at besides the server's. */
    Set<Integer> ownPorts() {
        return ownPorts;
    }

    List<Mount> mounts() {
        return mounts;
    }

    /** Whether a request came to a port that only facades have. */
    boolean isAtOwnPort(Context context) {
        return ownPorts.contains(context.req().getLocalPort());
    }

    boolean isServed(Mount mount, Context context) {
        boolean isPort =
                mount.port().isPresent() && ownPorts.contains(mount.port().getAsInt())
                        ? mount.port().getAsInt() == context.req().getLocalPort()
                        : !isAtOwnPort(context);
        return isPort
                && mount.host()
                        .map(host -> host.equalsIgnoreCase(context.req().getServerName()))
                        .orElse(true);
    }

    /** Whose words a request is refused in: of the facades that are served here the one whose path it is, or the only one at its own port. */
    Optional<Facade> owner(Context context) {
        List<Facade> served = mounts.stream()
                .filter(mount -> isServed(mount, context))
                .map(Mount::facade)
                .toList();
        Optional<Facade> whosePath =
                served.stream().filter(facade -> isPathOf(facade, context)).findFirst();
        return whosePath.isEmpty() && isAtOwnPort(context) ? served.stream().findFirst() : whosePath;
    }

    /** Whether it is the path of a facade that is not served here, which nobody is to notice. */
    boolean isHidden(Context context) {
        return mounts.stream().anyMatch(mount -> !isServed(mount, context) && isPathOf(mount.facade(), context));
    }

    private static boolean isPathOf(Facade facade, Context context) {
        return facade.roots().stream().anyMatch(context.path()::startsWith);
    }
}

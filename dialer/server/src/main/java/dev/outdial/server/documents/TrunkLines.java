package dev.outdial.server.documents;

import dev.outdial.server.calls.TrunkReload;
import dev.outdial.server.calls.TrunkStatus;
import java.util.Optional;

/** The trunks that calls go over now. <b>Threading:</b> any. */
public interface TrunkLines {
    /** How one does; empty where it is not among them. */
    Optional<TrunkStatus> status(String name);

    /** What is stored has changed: what calls go over follows it before this returns. */
    default void changed() {}

    /** Reads the configuration again. Throws ServiceException as {@link dev.outdial.server.calls.TrunkService#reload} has it. */
    default TrunkReload reload() {
        throw Keeping.conflict("no_configuration", "this server was started without a configuration file");
    }

    /** Registers anew, waits for the answer, and says how it does then; empty where it is not among them. */
    Optional<TrunkStatus> register(String name);
}

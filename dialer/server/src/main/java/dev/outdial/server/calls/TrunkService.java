package dev.outdial.server.calls;

import dev.outdial.server.calls.CallService.RequestKey;
import java.util.Optional;

/** Keeps trunks. Accounts, threading and errors as {@link CallService}. */
public interface TrunkService {
    /** CONFLICT where a trunk of that name exists. */
    Created<TrunkRecord> create(
            String account, TrunkSettings settings, Optional<Secret> password, Optional<RequestKey> key);

    TrunkRecord get(String account, String id);

    Page<TrunkRecord> list(String account, PageQuery query);

    /** @param password the one it has stays where empty */
    TrunkRecord replace(String account, String id, TrunkSettings settings, Optional<Secret> password);

    /** CONFLICT while calls use it. */
    void delete(String account, String id);

    /** Registers anew, now; the answer to it is seen in the status. */
    TrunkStatus register(String account, String id);

    TrunkStatus status(String account, String id);

    /**
     * Reads the configuration again: its trunks count at once for calls that begin, and those that go on go on. INVALID with a field for
     * each thing that is wrong with it, where nothing changes; CONFLICT where the server runs without one; FORBIDDEN for other accounts
     * than the first.
     */
    TrunkReload reload(String account);
}

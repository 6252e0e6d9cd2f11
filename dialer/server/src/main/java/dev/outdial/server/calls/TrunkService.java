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
}

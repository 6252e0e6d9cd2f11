package dev.outdial.server.calls;

import dev.outdial.server.calls.CallService.RequestKey;
import java.util.Optional;

/** Keeps who is told of calls that come in. Accounts, threading and errors as {@link CallService}. */
public interface ApplicationService {
    Created<ApplicationRecord> create(String account, NewApplication application, Optional<RequestKey> key);

    ApplicationRecord get(String account, String id);

    Page<ApplicationRecord> list(String account, PageQuery query);

    ApplicationRecord replace(String account, String id, NewApplication application);

    /** Calls for its numbers are refused from then on. */
    void delete(String account, String id);
}

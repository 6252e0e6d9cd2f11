package dev.outdial.server.calls;

import dev.outdial.server.calls.CallService.RequestKey;
import java.util.Optional;

/** Keeps flows. Accounts, threading and errors as {@link CallService}. */
public interface FlowService {
    /** CONFLICT where a flow of that name exists. */
    Created<FlowRecord> create(String account, NewFlow flow, Optional<RequestKey> key);

    FlowRecord get(String account, String id);

    Page<FlowRecord> list(String account, PageQuery query);

    /** Calls that already run it go on with what it was. */
    FlowRecord replace(String account, String id, NewFlow flow);

    void delete(String account, String id);
}

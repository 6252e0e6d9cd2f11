package dev.outdial.server.calls;

import dev.outdial.server.calls.CallService.RequestKey;
import java.util.Optional;

/** Places groups of calls. Accounts, threading and errors as {@link CallService}. */
public interface GroupcallService {
    /** Accepts all of its calls or none; stored, with a sync to the disk, when this returns. */
    Created<GroupcallRecord> create(String account, NewGroupcall group, Optional<RequestKey> key);

    GroupcallRecord get(String account, String id);

    Page<GroupcallRecord> list(String account, PageQuery query);

    /** Ends all of its calls; twice does no harm. */
    GroupcallRecord hangUp(String account, String id);

    /** Ends it where it goes on, and has it listed no more. */
    void delete(String account, String id);
}

package dev.outdial.server.calls;

import dev.outdial.server.calls.CallService.RequestKey;
import java.util.Optional;

/** Keeps the numbers that calls come in for. Accounts, threading and errors as {@link CallService}. */
public interface NumberService {
    /** CONFLICT where the number is somebody's. */
    Created<NumberRecord> create(String account, NewNumber number, Optional<RequestKey> key);

    NumberRecord get(String account, String id);

    Page<NumberRecord> list(String account, PageQuery query);

    NumberRecord replace(String account, String id, NewNumber number);

    void delete(String account, String id);
}

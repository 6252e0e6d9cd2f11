package dev.outdial.server.calls;

import dev.outdial.server.calls.CallService.RequestKey;
import java.util.Optional;

/** The numbers that an account does not call. Accounts, threading and errors as {@link CallService}. */
public interface DoNotCallService {
    /** Where the number is listed already, it stays so since then, and its reason becomes this one unless it is empty. */
    Created<DoNotCallRecord> add(String account, String e164, String reason, Optional<RequestKey> key);

    DoNotCallRecord get(String account, String e164);

    Page<DoNotCallRecord> list(String account, PageQuery query);

    void remove(String account, String e164);
}

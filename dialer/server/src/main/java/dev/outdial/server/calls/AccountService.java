package dev.outdial.server.calls;

import dev.outdial.server.calls.CallService.RequestKey;
import java.util.Optional;

/**
 * Keeps accounts. {@link AccountRecord#FIRST} sees and changes all; any other sees itself alone and is told FORBIDDEN where it
 * creates, changes or deletes. Threading and errors as {@link CallService}.
 */
public interface AccountService {
    /** @param asker the account that wants it */
    Created<AccountRecord> create(String asker, NewAccount account, Optional<RequestKey> key);

    AccountRecord get(String asker, String id);

    Page<AccountRecord> list(String asker, PageQuery query);

    AccountRecord replace(String asker, String id, NewAccount account);

    /** Its keys are taken no more; CONFLICT for the first account and for one with calls that are not over. */
    void delete(String asker, String id);
}

package dev.outdial.server.calls;

import dev.outdial.server.calls.CallService.RequestKey;
import java.util.Optional;

/** Keeps access keys. Accounts, threading and errors as {@link CallService}. */
public interface KeyService {
    /**
     * The key that begins so, whoever's it is; empty where there is none, where it was deleted, or where its account is not enabled.
     * Whether it is the right one and still good is the asker's to check. Asked for each request: it should come from memory.
     */
    Optional<Held> find(String prefix);

    /** @param hash the SHA-256 of the whole key in hexadecimal digits */
    record Held(AccessKeyRecord key, String hash) {}

    Created<AccessKeyRecord> create(String account, NewAccessKey wanted, Optional<RequestKey> key);

    AccessKeyRecord get(String account, String id);

    Page<AccessKeyRecord> list(String account, PageQuery query);

    /** It is taken no more, at once. CONFLICT for the last key with {@link Scope#ADMIN} of the first account. */
    void delete(String account, String id);
}

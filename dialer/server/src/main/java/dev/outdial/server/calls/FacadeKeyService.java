package dev.outdial.server.calls;

import dev.outdial.server.calls.CallService.RequestKey;
import java.util.Optional;

/**
 * Keeps the credentials of clients of APIs that are answered as other systems do. Accounts, threading and errors as {@link CallService}.
 */
public interface FacadeKeyService {
    /**
     * The credential of that name; empty where there is none, or where its account is not enabled. Asked for each request: it should come
     * from memory.
     */
    Optional<Held> find(String facade, String name);

    /** The same by its random secret alone, where that is all that is shown. @param hash of {@link SecretHash#random} */
    Optional<Held> withHash(String facade, SecretHash hash);

    /** A credential and what its secret is compared with. */
    record Held(FacadeKeyRecord key, SecretHash hash) {}

    /** CONFLICT where the name is taken. */
    Created<WithSecret> create(String account, NewFacadeKey wanted, Optional<RequestKey> key);

    /** @param secret told here alone; empty where this is a replay */
    record WithSecret(FacadeKeyRecord key, Optional<Secret> secret) {}

    FacadeKeyRecord get(String account, String id);

    Page<FacadeKeyRecord> list(String account, PageQuery query);

    /** It is taken no more, nor are tokens that stand for it, at once. */
    void delete(String account, String id);
}

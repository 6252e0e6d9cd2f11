package dev.outdial.server.store;

import java.time.Instant;

/**
 * Something that users name and we keep: a flow, a trunk, a recording and so on.
 *
 * @param id a UUID
 * @param name unique for its kind and account, letters being letters, while it is not deleted; may be empty, which is no name
 * @param parent what it belongs to, such as the call of a recording or the trunk of a number; may be empty
 * @param state a word of its kind, such as {@code ended} of a recording; may be empty
 * @param body the rest, as JSON
 */
public record StoredDocument(
        String id,
        String account,
        String name,
        String parent,
        String state,
        String body,
        Instant created,
        Instant updated) {

    /** The same in another state, with another body. */
    public StoredDocument changed(String newState, String newBody, Instant now) {
        return new StoredDocument(id, account, name, parent, newState, newBody, created, now);
    }
}

package dev.outdial.server.calls.live;

import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.ServiceException.Kind;

/** What askers are told of what cannot be done. */
final class Troubles {
    private Troubles() {}

    static ServiceException noCall(String id) {
        return new ServiceException(Kind.NOT_FOUND, "call_not_found", "there is no call " + id);
    }

    static ServiceException none(String what, String id) {
        return new ServiceException(Kind.NOT_FOUND, what + "_not_found", "there is no " + what + " " + id);
    }

    static ServiceException over() {
        return new ServiceException(Kind.CONFLICT, "call_over", "the call is over");
    }

    static ServiceException notAnswered() {
        return new ServiceException(Kind.CONFLICT, "call_not_answered", "the call is not answered yet");
    }

    static ServiceException elsewhere() {
        return new ServiceException(
                Kind.CONFLICT, "call_elsewhere", "the call is up in another process of this server; ask that one");
    }

    static ServiceException otherBody() {
        return new ServiceException(
                Kind.CONFLICT,
                "idempotency_key_reused",
                "something else was asked for under this Idempotency-Key before; a new request needs a new key");
    }

    static ServiceException conflict(String code, String sentence) {
        return new ServiceException(Kind.CONFLICT, code, sentence);
    }

    static ServiceException unplayable(String sentence) {
        return new ServiceException(Kind.UNAVAILABLE, "media_unavailable", sentence);
    }

    static ServiceException invalid(String field, String sentence) {
        return new ServiceException(
                Kind.INVALID, "invalid", sentence, java.util.List.of(new ServiceException.Field(field, sentence)));
    }
}

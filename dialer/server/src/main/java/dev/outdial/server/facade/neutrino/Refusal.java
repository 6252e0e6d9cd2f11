package dev.outdial.server.facade.neutrino;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.http.json.JsonText;
import java.io.Serial;
import java.util.Optional;

/** A request is refused, and its asker is told why. */
final class Refusal extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final ApiError error;
    private final transient Optional<Parameter> parameter;

    /** What is missing or wrong. @param type string or integer */
    private record Parameter(String name, String type) {}

    private Refusal(ApiError error, String message, Optional<Parameter> parameter) {
        super(message);
        this.error = error;
        this.parameter = parameter;
    }

    Refusal(ApiError error) {
        this(error, error.message(), Optional.empty());
    }

    /** With the reason. */
    Refusal(ApiError error, String why) {
        this(error, error.message() + ": " + why, Optional.empty());
    }

    /** @param why what is expected of it */
    static Refusal parameter(String name, String type, String why) {
        ApiError error = ApiError.INVALID_PARAMETER;
        return new Refusal(error, error.message() + ": " + name + " " + why, Optional.of(new Parameter(name, type)));
    }

    ApiError error() {
        return error;
    }

    Answer answer(Casing casing) {
        ObjectNode body = JsonText.MAPPER.createObjectNode().put("api-error", error.code());
        body.put("api-error-msg", String.valueOf(getMessage()));
        parameter.ifPresent(one -> body.put("api-parameter-name", one.name()).put("api-parameter-type", one.type()));
        return Answer.json(error.status(), casing.of(body));
    }
}

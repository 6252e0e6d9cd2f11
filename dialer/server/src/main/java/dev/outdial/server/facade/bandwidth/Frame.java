package dev.outdial.server.facade.bandwidth;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Asked;
import dev.outdial.server.facade.Client;
import dev.outdial.server.facade.Clients;
import dev.outdial.server.facade.Clients.Guess;
import dev.outdial.server.facade.Place;
import dev.outdial.server.facade.Trouble;
import dev.outdial.server.http.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** What every request goes through: who asks, for whose things, how often; and what it is told where it is refused. <b>Threading:</b> any. */
final class Frame {
    static final String USER = "/v1/users/{user}";

    private final Clients clients;
    private final Limits limits;

    Frame(Clients clients, Limits limits) {
        this.clients = clients;
        this.limits = limits;
    }

    /** Answers a request; throws {@link Refusal} or a service's exception where it cannot. */
    @FunctionalInterface
    interface Deed {
        Answer of(Inquiry inquiry) throws IOException;
    }

    Place get(String path, Deed deed) {
        return Place.of("GET", USER + path, asked -> answer(asked, limited(deed)));
    }

    Place post(String path, Deed deed) {
        return Place.of("POST", USER + path, asked -> answer(asked, limited(deed)));
    }

    Place put(String path, Deed deed) {
        return Place.of("PUT", USER + path, asked -> answer(asked, limited(deed)));
    }

    Place delete(String path, Deed deed) {
        return Place.of("DELETE", USER + path, asked -> answer(asked, limited(deed)));
    }

    /** Where calls are made, which have a limit of their own. */
    Place calling(String path, Deed deed) {
        return Place.creating(
                "POST",
                USER + path,
                asked -> answer(asked, inquiry -> {
                    limits.call(inquiry.account());
                    return deed.of(inquiry);
                }));
    }

    private Deed limited(Deed deed) {
        return inquiry -> {
            limits.request(inquiry.account());
            return deed.of(inquiry);
        };
    }

    private Answer answer(Asked asked, Deed deed) throws IOException {
        try {
            Client client = client(asked);
            String user = Ids.user(client.account());
            if (!asked.name("user").equals(user)) {
                throw Refusal.unauthorized(
                        "user-access-denied",
                        "User " + user + " does not have permission to access user " + asked.name("user"));
            }
            return deed.of(new Inquiry(asked, client));
        } catch (Refusal refusal) {
            return refused(refusal, asked);
        } catch (ServiceException trouble) {
            return refused(Troubles.refusal(trouble, asked.name("id")), asked);
        }
    }

    private Client client(Asked asked) {
        String[] pair = credentials(asked.header("Authorization").orElse("")).split(":", 2);
        if (pair.length < 2 || pair[0].isEmpty() || pair[1].isEmpty()) throw Refusal.unknown();
        return switch (clients.know(pair[0], pair[1], asked.address())) {
            case Guess.Known known -> known.client();
            case Guess.Unknown unknown -> throw Refusal.unknown();
            case Guess.TooMany many -> throw Troubles.tooManyGuesses();
        };
    }

    /** Token and secret, by Basic (RFC 7617) or, as the documents print it, as they are. */
    private static String credentials(String header) {
        if (!header.regionMatches(true, 0, "Basic ", 0, 6)) return header.strip();
        try {
            return new String(Base64.getDecoder().decode(header.substring(6).strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return "";
        }
    }

    static Answer refused(Trouble trouble, Asked asked) {
        return refused(Troubles.refusal(trouble), asked);
    }

    private static Answer refused(Refusal refusal, Asked asked) {
        ObjectNode json = JsonText.MAPPER
                .createObjectNode()
                .put("category", refusal.category())
                .put("code", refusal.code())
                .put("message", refusal.message());
        ArrayNode details = json.putArray("details");
        detail(details, "requestMethod", asked.method());
        detail(details, "remoteAddress", asked.address());
        detail(details, "requestPath", asked.path().replaceFirst("^/v1/", ""));
        Answer answer = Answer.json(refusal.status(), json);
        for (Map.Entry<String, String> header : refusal.headers().entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return answer;
    }

    private static void detail(ArrayNode details, String name, String value) {
        details.addObject().put("name", name).put("value", value);
    }
}

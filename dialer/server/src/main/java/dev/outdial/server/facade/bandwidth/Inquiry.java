package dev.outdial.server.facade.bandwidth;

import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Asked;
import dev.outdial.server.facade.Client;
import java.io.IOException;

/** A request of somebody who is known, for their own things. */
record Inquiry(Asked asked, Client client) {
    String account() {
        return client.account();
    }

    /** What the addresses of all that they own begin with. */
    String base() {
        return asked.baseUrl() + "/v1/users/" + Ids.user(client.account());
    }

    Wishes wishes() throws IOException {
        return Wishes.read(asked.body().bytes());
    }

    /** The id in the path as it was asked. */
    String askedId() {
        return asked.name("id");
    }

    /** Our own id of the call in the path. */
    String callId() {
        return Ids.read(Ids.CALL, askedId()).orElseThrow(() -> Refusal.noCall(askedId()));
    }

    /** Something was made; where it is says its address alone. */
    Answer made(String place) {
        return Answer.empty(201).with("Location", base() + place);
    }

    static Answer done() {
        return Answer.empty(200);
    }
}

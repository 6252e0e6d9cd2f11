package dev.outdial.server.facade.neutrino;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.facade.Client;

/** Does what one path is for. <b>Threading:</b> any. */
interface Endpoint {
    /** @return what is answered, its names in kebab case */
    ObjectNode answer(Client client, Parameters parameters) throws Refusal;

    /** Whether it places calls, which is refused while the server is about to stop. */
    default boolean placesCalls() {
        return false;
    }
}

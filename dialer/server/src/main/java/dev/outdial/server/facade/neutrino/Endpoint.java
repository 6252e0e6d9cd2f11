package dev.outdial.server.facade.neutrino;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.facade.Client;

/** Does what one path is for. <b>Threading:</b> any. */
interface Endpoint {
    /** @return what is answered, its names in kebab case */
    ObjectNode answer(Client client, Parameters parameters) throws Refusal;
}

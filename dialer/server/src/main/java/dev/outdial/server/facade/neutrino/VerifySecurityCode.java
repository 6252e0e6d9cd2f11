package dev.outdial.server.facade.neutrino;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.facade.Client;
import dev.outdial.server.http.json.JsonText;

/** Says whether a code is one that was told in a call. <b>Threading:</b> any. */
final class VerifySecurityCode implements Endpoint {
    private final SecurityCodes codes;

    VerifySecurityCode(SecurityCodes codes) {
        this.codes = codes;
    }

    @Override
    public ObjectNode answer(Client client, Parameters parameters) throws Refusal {
        String code = parameters.required("security-code").strip();
        String by = parameters.text("limit-by").orElse("");
        return JsonText.MAPPER.createObjectNode().put("verified", codes.isGood(client, code, by));
    }
}

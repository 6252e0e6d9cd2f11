package dev.outdial.server.facade.voipbin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallService;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.RecordingRecord;
import dev.outdial.server.calls.RecordingService;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.calls.TrunkRecord;
import dev.outdial.server.calls.TrunkService;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Asked;
import dev.outdial.server.facade.voipbin.Refusal.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Shows what there is besides: recordings, running flows, the balance, and over which trunks calls go. <b>Threading:</b> any. */
final class OtherPlaces {
    private static final int LATEST = 1000;
    private static final String ELSEWHERE = "trunks are changed in the configuration or by the native API";
    /** What is shown where any amount may be spent. */
    private static final double UNLIMITED = 999_999_999;

    private final CallService calls;
    private final RecordingService recordings;
    private final TrunkService trunks;
    private final Settings settings;
    private final Views views;

    OtherPlaces(CallService calls, RecordingService recordings, TrunkService trunks, Settings settings, Views views) {
        this.calls = calls;
        this.recordings = recordings;
        this.trunks = trunks;
        this.settings = settings;
        this.views = views;
    }

    void on(Desk desk) {
        String recording = "RECORDING";
        desk.get("/recordings", recording, this::recordings)
                .get(
                        "/recordings/{id}",
                        recording,
                        (who, asked) ->
                                Answer.json(200, views.recording(recordings.get(who.account(), Desk.id(asked)))))
                .change("DELETE", "/recordings/{id}", Scope.CALL, recording, this::deleteRecording)
                .get("/recordingfiles/{id}", recording, this::recordingFile);
        String activeflow = "ACTIVEFLOW";
        desk.get("/activeflows", activeflow, this::activeflows)
                .get(
                        "/activeflows/{id}",
                        activeflow,
                        (who, asked) -> Answer.json(200, views.activeflow(running(who, Desk.id(asked)))))
                .change("POST", "/activeflows/{id}/stop", Scope.CALL, activeflow, this::stop);
        for (String path : List.of("/billing_accounts", "/billing-accounts")) {
            desk.get(path, "BILLING_ACCOUNT", (who, asked) -> page(balance(who)));
        }
        for (String path : List.of("/providers", "/trunks")) {
            desk.get(path, "PROVIDER", this::providers)
                    .get(
                            path + "/{id}",
                            "PROVIDER",
                            (who, asked) -> Answer.json(200, provider(trunks.get(who.account(), Desk.id(asked)))));
        }
        desk.get("/routes", "ROUTE", this::routes);
        for (String path : List.of("/providers", "/trunks", "/routes")) {
            desk.unserved("POST", path, ELSEWHERE)
                    .unserved("PUT", path + "/{id}", ELSEWHERE)
                    .unserved("DELETE", path + "/{id}", ELSEWHERE);
        }
    }

    private static Answer page(ObjectNode... all) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        var result = json.putArray("result");
        List.of(all).forEach(result::add);
        return Answer.json(200, json.put("next_page_token", ""));
    }

    private Answer recordings(Who who, Asked asked) {
        Optional<String> call = asked.query("reference_id").flatMap(Ids::known);
        return Pages.answer(
                Pages.Wanted.of(asked),
                before -> (cursor, limit) -> recordings.list(who.account(), call, new PageQuery(cursor, limit)),
                RecordingRecord::started,
                views::recording);
    }

    private Answer deleteRecording(Who who, Asked asked) {
        RecordingRecord recording = recordings.get(who.account(), Desk.id(asked));
        recordings.delete(who.account(), recording.id());
        return Answer.json(200, views.recording(recording));
    }

    private Answer recordingFile(Who who, Asked asked) {
        String id = Desk.id(asked);
        return Answer.stored(recordings.file(who.account(), id), id + ".wav");
    }

    private Answer activeflows(Who who, Asked asked) {
        Pages.Before<CallRecord> rows = before -> (cursor, limit) -> {
            var page = calls.list(who.account(), CallPlaces.query(before, cursor, limit));
            return new dev.outdial.server.calls.Page<>(
                    page.items().stream()
                            .filter(call -> !call.activeflowId().isEmpty())
                            .toList(),
                    page.next());
        };
        return Pages.answer(Pages.Wanted.of(asked), rows, CallRecord::created, views::activeflow);
    }

    /** Among the latest calls. */
    private CallRecord running(Who who, String id) {
        Optional<Instant> any = Optional.empty();
        return calls.list(who.account(), CallPlaces.query(any, Optional.empty(), LATEST)).items().stream()
                .filter(call -> call.activeflowId().equals(id))
                .findFirst()
                .orElseThrow(
                        () -> new Refusal(Status.NOT_FOUND, "ACTIVEFLOW_NOT_FOUND", "there is no such running flow"));
    }

    private Answer stop(Who who, Asked asked) {
        CallRecord call = running(who, Desk.id(asked));
        return Answer.json(200, views.activeflow(calls.hangUp(who.account(), call.id(), "normal")));
    }

    private ObjectNode balance(Who who) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", who.account())
                .put("customer_id", who.account())
                .put("name", "default")
                .put("detail", settings.balance().isPresent() ? "as configured" : "nothing is charged");
        settings.balance().ifPresentOrElse(left -> json.put("balance", left), () -> json.put("balance", UNLIMITED));
        return json.put("payment_type", "").put("payment_method", "");
    }

    private Answer providers(Who who, Asked asked) {
        return Pages.answer(
                Pages.Wanted.of(asked),
                before -> (cursor, limit) -> trunks.list(who.account(), new PageQuery(cursor, limit)),
                TrunkRecord::created,
                OtherPlaces::provider);
    }

    private static ObjectNode provider(TrunkRecord trunk) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", trunk.id())
                .put("type", "sip")
                .put("hostname", trunk.settings().host())
                .put("tech_prefix", trunk.settings().techPrefix())
                .put("tech_postfix", trunk.settings().techPostfix());
        ObjectNode headers = json.putObject("tech_headers");
        trunk.settings().headers().forEach(headers::put);
        var codecs = json.putArray("codecs");
        trunk.settings().codecs().forEach(codecs::add);
        return json.put("name", trunk.settings().name())
                .put("detail", "")
                .put("tm_create", Times.text(trunk.created()))
                .put("tm_update", Times.text(trunk.updated()));
    }

    /** One for each trunk, in the order in which they are tried. */
    private Answer routes(Who who, Asked asked) {
        List<TrunkRecord> all = trunks.list(who.account(), new PageQuery(Optional.empty(), LATEST))
                .items()
                .reversed();
        var routes = new ObjectNode[all.size()];
        for (int i = 0; i < routes.length; i++) {
            TrunkRecord trunk = all.get(i);
            routes[i] = JsonNodeFactory.instance
                    .objectNode()
                    .put("id", trunk.id())
                    .put("customer_id", who.account())
                    .put("provider_id", trunk.id())
                    .put("priority", i + 1)
                    .put("target", "all")
                    .put("name", trunk.settings().name())
                    .put("detail", "")
                    .put("tm_create", Times.text(trunk.created()));
        }
        return page(routes);
    }
}

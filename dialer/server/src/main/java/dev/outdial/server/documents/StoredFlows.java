package dev.outdial.server.documents;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.calls.Created;
import dev.outdial.server.calls.FlowCheck;
import dev.outdial.server.calls.FlowRecord;
import dev.outdial.server.calls.FlowService;
import dev.outdial.server.calls.NewFlow;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.store.Store;
import dev.outdial.server.store.StoredDocument;
import dev.outdial.server.store.Tables;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Flows in the store. <b>Threading:</b> any. */
public final class StoredFlows implements FlowService {
    private final Store store;
    private final FlowCheck check;
    private final InstantSource clock;

    public StoredFlows(Store store, FlowCheck check, InstantSource clock) {
        this.store = store;
        this.check = check;
        this.clock = clock;
    }

    @Override
    public Created<FlowRecord> create(String account, NewFlow flow, Optional<RequestKey> key) {
        examine(flow);
        return Keeping.create(
                store,
                clock.instant(),
                account,
                key,
                (tables, id, now) -> {
                    var document = document(id, account, flow, now, now);
                    requireNext(tables, account, flow);
                    if (!tables.flows().insert(document)) throw nameTaken();
                    return record(document);
                },
                (tables, id) -> tables.flows().find(account, id).map(StoredFlows::record));
    }

    @Override
    public FlowRecord get(String account, String id) {
        return store.read(tables -> tables.flows().find(account, id))
                .map(StoredFlows::record)
                .orElseThrow(Keeping::notFound);
    }

    @Override
    public Page<FlowRecord> list(String account, PageQuery query) {
        Page<StoredDocument> page = store.read(tables -> tables.flows().list(account, query.cursor(), query.limit()));
        return new Page<>(page.items().stream().map(StoredFlows::record).toList(), page.next());
    }

    @Override
    public FlowRecord replace(String account, String id, NewFlow flow) {
        examine(flow);
        Instant now = clock.instant();
        return store.durably(tables -> {
            StoredDocument before = tables.flows()
                    .lock(id)
                    .filter(document -> document.account().equals(account))
                    .orElseThrow(Keeping::notFound);
            requireNext(tables, account, flow);
            StoredDocument after = document(id, account, flow, before.created(), now);
            boolean isTaken = tables.flows()
                    .named(account, flow.name())
                    .filter(other -> !other.id().equals(id))
                    .isPresent();
            if (isTaken) throw nameTaken();
            if (!tables.flows().update(after)) throw Keeping.notFound();
            return record(after);
        });
    }

    @Override
    public void delete(String account, String id) {
        Instant now = clock.instant();
        boolean was = store.durably(tables -> tables.flows().softDelete(account, id, now));
        if (!was) throw Keeping.notFound();
    }

    private void examine(NewFlow flow) {
        List<ServiceException.Field> problems = check.problems(flow.actions()).stream()
                .map(field -> new ServiceException.Field("actions" + field.field(), field.message()))
                .toList();
        if (!problems.isEmpty()) {
            throw new ServiceException(
                    ServiceException.Kind.INVALID, "invalid", "the actions do not make a flow", problems);
        }
    }

    private static void requireNext(Tables tables, String account, NewFlow flow) {
        boolean isMissing = !flow.onCompleteFlowId().isEmpty()
                && tables.flows().find(account, flow.onCompleteFlowId()).isEmpty();
        if (isMissing) throw Keeping.invalid("on_complete_flow_id", "there is no such flow");
    }

    private static ServiceException nameTaken() {
        return Keeping.taken("name", "another flow has this name");
    }

    private static StoredDocument document(String id, String account, NewFlow flow, Instant created, Instant now) {
        String body = Body.make()
                .put("detail", flow.detail())
                .put("actions", flow.actions())
                .put("on_complete_flow_id", flow.onCompleteFlowId())
                .toString();
        return new StoredDocument(id, account, flow.name(), "", "", body, created, now);
    }

    /** What a document of the store says; for whoever runs flows, too. */
    public static FlowRecord record(StoredDocument document) {
        JsonNode body = Body.read(document.body());
        return new FlowRecord(
                document.id(),
                document.account(),
                document.name(),
                body.path("detail").asText(),
                body.path("actions").asText(),
                body.path("on_complete_flow_id").asText(),
                document.created(),
                document.updated());
    }
}

package dev.outdial.server.calls.live;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.calls.CampaignRecord;
import dev.outdial.server.calls.CampaignResult;
import dev.outdial.server.calls.CampaignService;
import dev.outdial.server.calls.CampaignViews;
import dev.outdial.server.calls.Created;
import dev.outdial.server.calls.NewCall;
import dev.outdial.server.calls.NewCampaign;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.ServiceException.Field;
import dev.outdial.server.store.CampaignsTable;
import dev.outdial.server.store.IdempotencyTable.Claim;
import dev.outdial.server.store.StoredCampaign;
import dev.outdial.server.store.Tables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Campaigns: their numbers are calls of the queue, which are held until it is their turn. <b>Threading:</b> any. */
final class LiveCampaigns implements CampaignService {
    private static final int MOST_PROBLEMS = 50;
    /** What a campaign's calls have in common, as it is shown. */
    private static final Set<String> COMMON = Set.of(
            "from",
            "trunk",
            "flow_id",
            "actions",
            "play",
            "say",
            "timeouts",
            "schedule",
            "metadata",
            "headers",
            "anonymous",
            "record",
            "detect_machine",
            "callbacks");

    private final Workshop workshop;
    private final Accepting accepting;
    private final Runnable canceled;

    /** @param canceled has what waits of canceled campaigns be ended */
    LiveCampaigns(Workshop workshop, Accepting accepting, Runnable canceled) {
        this.workshop = workshop;
        this.accepting = accepting;
        this.canceled = canceled;
    }

    @Override
    public Created<CampaignRecord> create(String account, NewCampaign wanted, Optional<RequestKey> key) {
        if (wanted.rows().isEmpty() || wanted.rows().size() > MOST_ROWS) {
            throw Troubles.invalid("rows", wanted.rows().size() + " rows: 1 to " + MOST_ROWS + " are expected");
        }
        record Done(Created<CampaignRecord> created, Aftermath aftermath) {}
        Instant now = workshop.now();
        String id = UUID.randomUUID().toString();
        List<NewCall> calls =
                wanted.rows().stream().map(row -> member(wanted.call(), row)).toList();
        List<CallRecord> records = accepting.records(account, calls, now);
        List<Field> senseless = new ArrayList<>(senseless(wanted, records));
        accepting.unheard(account, calls).stream().limit(MOST_PROBLEMS).forEach(senseless::add);
        senseless.addAll(accepting.untold(calls));
        var campaign = new StoredCampaign(
                id,
                account,
                wanted.name(),
                CampaignsTable.RUNNING,
                body(wanted, records.getFirst()).toString(),
                records.size(),
                wanted.atOnce(),
                wanted.perSecond(),
                now,
                now,
                Optional.empty());
        Done done = workshop.store().durably(tables -> {
            var aftermath = new Aftermath();
            Claim claim = key.<Claim>map(
                            own -> tables.idempotency().claim(account, own.key(), own.bodyHash(), List.of(id), now))
                    .orElseGet(Claim.First::new);
            return switch (claim) {
                case Claim.OtherBody other -> throw Troubles.otherBody();
                case Claim.Replay replay ->
                    new Done(
                            new Created<>(
                                    record(
                                            tables,
                                            find(tables, account, replay.ids().getFirst())),
                                    true),
                            aftermath);
                case Claim.First first -> {
                    Accepting.check(tables, account, calls, senseless);
                    CampaignRecord kept = keep(tables, campaign, wanted, records, aftermath);
                    yield new Done(new Created<>(kept, false), aftermath);
                }
            };
        });
        workshop.afterwards(done.aftermath());
        return done.created();
    }

    private CampaignRecord keep(
            Tables tables, StoredCampaign campaign, NewCampaign wanted, List<CallRecord> calls, Aftermath aftermath) {
        tables.campaigns().insert(campaign);
        List<CampaignsTable.Member> members = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            accepting.keep(tables, calls.get(i), aftermath);
            members.add(new CampaignsTable.Member(
                    calls.get(i).id(), wanted.rows().get(i).row()));
        }
        tables.campaigns().take(campaign.id(), members);
        CampaignRecord record = record(tables, campaign);
        tell(tables, record, "campaign.created", campaign.created());
        return record;
    }

    /** What the engine says of the calls; each is named as its row is. */
    private List<Field> senseless(NewCampaign wanted, List<CallRecord> records) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < records.size() && fields.size() < MOST_PROBLEMS; i++) {
            for (Field field : accepting.senseless(List.of(records.get(i)))) {
                // What is wrong with the trunk is wrong for all.
                if (field.field().equals("trunk")) return List.of(field);
                fields.add(new Field(wanted.rows().get(i).where(), field.message()));
            }
        }
        return fields;
    }

    private static NewCall member(NewCall call, NewCampaign.Row row) {
        Map<String, String> variables = new HashMap<>(call.variables());
        variables.putAll(row.variables());
        return new NewCall(
                call.origin(),
                call.from(),
                row.to(),
                call.trunk(),
                call.plan(),
                call.ringTimeout(),
                call.maxDuration(),
                call.schedule(),
                call.callbacks(),
                row.tag().isEmpty() ? call.tag() : row.tag(),
                call.metadata(),
                variables,
                call.headers(),
                call.anonymous(),
                call.record(),
                call.detectMachine(),
                call.groupcallId(),
                call.masterCallId());
    }

    private static ObjectNode body(NewCampaign wanted, CallRecord one) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        Set<String> columns = new LinkedHashSet<>();
        wanted.rows().forEach(row -> columns.addAll(row.variables().keySet()));
        columns.forEach(body.putArray("columns")::add);
        body.set("call", CallViews.json(one).retain(COMMON));
        return body;
    }

    private static StoredCampaign find(Tables tables, String account, String id) {
        return tables.campaigns().find(account, id).orElseThrow(() -> Troubles.none("campaign", id));
    }

    static CampaignRecord record(Tables tables, StoredCampaign campaign) {
        long waiting = 0;
        long live = 0;
        Map<String, Long> byOutcome = new HashMap<>();
        for (CampaignsTable.Count count : tables.campaigns().counts(campaign.id())) {
            switch (count.status()) {
                case "queued" -> waiting += count.count();
                case "hangup" -> byOutcome.merge(count.outcome(), count.count(), Long::sum);
                default -> live += count.count();
            }
        }
        return new CampaignRecord(
                campaign.id(),
                campaign.account(),
                campaign.name(),
                campaign.state(),
                campaign.rowCount(),
                new CampaignRecord.Counts(waiting, live, byOutcome),
                campaign.atOnce(),
                campaign.perSecond(),
                CallViews.stored(campaign.body()).path("call").toString(),
                campaign.created(),
                campaign.updated(),
                campaign.ended());
    }

    private void tell(Tables tables, CampaignRecord campaign, String type, Instant now) {
        workshop.keeper().tell(tables, campaign.account(), type, now, CampaignViews.json(campaign));
    }

    @Override
    public CampaignRecord get(String account, String id) {
        return workshop.store().read(tables -> record(tables, find(tables, account, id)));
    }

    @Override
    public Page<CampaignRecord> list(String account, PageQuery query) {
        return workshop.store().read(tables -> {
            Page<StoredCampaign> page = tables.campaigns().list(account, query.cursor(), query.limit());
            return new Page<>(
                    page.items().stream().map(one -> record(tables, one)).toList(), page.next());
        });
    }

    @Override
    public CampaignRecord pause(String account, String id) {
        return changed(account, id, "paused");
    }

    @Override
    public CampaignRecord resume(String account, String id) {
        return changed(account, id, CampaignsTable.RUNNING);
    }

    @Override
    public CampaignRecord cancel(String account, String id) {
        CampaignRecord campaign = changed(account, id, "canceling");
        canceled.run();
        return campaign;
    }

    /** Under the campaign's lock, which every permit of its calls needs: none is given after this returns that the new state forbids. */
    private CampaignRecord changed(String account, String id, String wanted) {
        record Changed(CampaignRecord campaign, Aftermath aftermath) {}
        Instant now = workshop.now();
        Changed changed = workshop.store().durably(tables -> {
            var aftermath = new Aftermath();
            String known = find(tables, account, id).id();
            String state = tables.campaigns().lock(known).orElseThrow().state();
            boolean isChanged = !state.equals(wanted) && mayChange(state, wanted);
            if (isChanged) tables.campaigns().state(known, wanted, Optional.empty(), now);
            CampaignRecord campaign = record(tables, find(tables, account, id));
            if (isChanged) {
                tell(tables, campaign, "campaign.updated", now);
                aftermath.told(account);
                aftermath.queueChanged();
            }
            return new Changed(campaign, aftermath);
        });
        workshop.afterwards(changed.aftermath());
        return changed.campaign();
    }

    /** @throws ServiceException where it is over, and something else is wanted than that */
    private static boolean mayChange(String state, String wanted) {
        boolean isOver = !state.equals(CampaignsTable.RUNNING) && !state.equals("paused");
        if (isOver && !wanted.equals("canceling")) {
            throw Troubles.conflict("campaign_over", "the campaign is " + state);
        }
        return !isOver;
    }

    @Override
    public CampaignResult result(String account, String id) {
        return workshop.store().read(tables -> {
            StoredCampaign campaign = find(tables, account, id);
            List<String> columns = new ArrayList<>();
            CallViews.stored(campaign.body()).path("columns").forEach(column -> columns.add(column.asText()));
            return new CampaignResult(columns, tables.campaigns().rows(id));
        });
    }

    @Override
    public void delete(String account, String id) {
        CampaignRecord unused = cancel(account, id);
        Instant now = workshop.now();
        boolean unusedToo = workshop.store().durably(tables -> {
            tables.campaigns().softDelete(id, now);
            return true;
        });
    }
}

package dev.outdial.server.http;

import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.calls.CampaignRecord;
import dev.outdial.server.calls.CampaignResult;
import dev.outdial.server.calls.CampaignService;
import dev.outdial.server.calls.Created;
import dev.outdial.server.calls.NewCampaign;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.PageQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Campaigns in memory, of which nobody is called. */
final class FakeCampaigns implements CampaignService {
    private final Map<String, NewCampaign> wanted = new ConcurrentHashMap<>();
    private final FakeTable<CampaignRecord> campaigns = new FakeTable<>(CampaignRecord::id);

    @Override
    public Created<CampaignRecord> create(String account, NewCampaign campaign, Optional<RequestKey> key) {
        return campaigns.create(account, key, () -> {
            String id = UUID.randomUUID().toString();
            wanted.put(id, campaign);
            return record(id, account, campaign, "running");
        });
    }

    private static CampaignRecord record(String id, String account, NewCampaign campaign, String status) {
        return new CampaignRecord(
                id,
                account,
                campaign.name(),
                status,
                campaign.rows().size(),
                new CampaignRecord.Counts(campaign.rows().size() - 1L, 0, Map.of("completed", 1L)),
                campaign.atOnce(),
                campaign.perSecond(),
                "{\"trunk\":\"carrier\"}",
                FakeCalls.NOW,
                FakeCalls.NOW,
                Optional.empty());
    }

    NewCampaign wanted(String id) {
        return Objects.requireNonNull(wanted.get(id));
    }

    @Override
    public CampaignRecord get(String account, String id) {
        return campaigns.get(account, id);
    }

    @Override
    public Page<CampaignRecord> list(String account, PageQuery query) {
        return campaigns.list(account, query);
    }

    private CampaignRecord changed(String account, String id, String status) {
        return campaigns.change(account, id, known -> record(id, account, wanted(id), status));
    }

    @Override
    public CampaignRecord pause(String account, String id) {
        return changed(account, id, "paused");
    }

    @Override
    public CampaignRecord resume(String account, String id) {
        return changed(account, id, "running");
    }

    @Override
    public CampaignRecord cancel(String account, String id) {
        return changed(account, id, "canceling");
    }

    @Override
    public CampaignResult result(String account, String id) {
        CampaignRecord unused = get(account, id);
        NewCampaign campaign = wanted(id);
        Set<String> columns = new LinkedHashSet<>();
        List<CampaignResult.Row> rows = new ArrayList<>();
        for (NewCampaign.Row row : campaign.rows()) {
            columns.addAll(row.variables().keySet());
            rows.add(new CampaignResult.Row(
                    row.row(),
                    "call-" + row.row(),
                    row.to().target(),
                    "hangup",
                    "completed",
                    OptionalInt.of(200),
                    1,
                    Optional.of(Duration.ofMillis(1500)),
                    "12#",
                    List.of("r1", "r2"),
                    row.variables()));
        }
        return new CampaignResult(List.copyOf(columns), rows);
    }

    @Override
    public void delete(String account, String id) {
        campaigns.delete(account, id);
    }
}

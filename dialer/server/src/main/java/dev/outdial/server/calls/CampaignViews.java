package dev.outdial.server.calls;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeMap;

/** A campaign as JSON: the same in answers and in events. */
public final class CampaignViews {
    private CampaignViews() {}

    /** A campaign. */
    public static ObjectNode json(CampaignRecord campaign) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", campaign.id())
                .put("account", campaign.account())
                .put("name", campaign.name())
                .put("status", campaign.status())
                .put("rows", campaign.rowCount());
        CampaignRecord.Counts counts = campaign.counts();
        ObjectNode shown = json.putObject("counts")
                .put("waiting", counts.waiting())
                .put("live", counts.live())
                .put("over", counts.over());
        ObjectNode outcomes = shown.putObject("outcomes");
        new TreeMap<>(counts.byOutcome()).forEach(outcomes::put);
        ObjectNode pacing = json.putObject("pacing");
        if (campaign.atOnce().isPresent())
            pacing.put("at_once", campaign.atOnce().getAsInt());
        else pacing.putNull("at_once");
        if (campaign.perSecond().isPresent())
            pacing.put("per_second", campaign.perSecond().getAsDouble());
        else pacing.putNull("per_second");
        json.set("call", CallViews.stored(campaign.call()));
        json.put("t_create", CallViews.time(campaign.created()));
        json.put("t_update", CallViews.time(campaign.updated()));
        json.set("t_end", CallViews.time(campaign.ended()));
        return json;
    }
}

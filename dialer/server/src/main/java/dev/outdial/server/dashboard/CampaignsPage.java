package dev.outdial.server.dashboard;

import dev.outdial.server.calls.CampaignRecord;
import dev.outdial.server.calls.CampaignService;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Asked;
import dev.outdial.server.facade.Place;
import dev.outdial.server.http.csv.ResultTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How campaigns get on, and what stops them. <b>Threading:</b> any. */
final class CampaignsPage {
    private static final String PATH = "/campaigns";

    private static final int MOST = 100;

    /** What can be done with one. */
    private enum Verb {
        PAUSE,
        RESUME,
        CANCEL
    }

    private final CampaignService campaigns;
    private final Frame frame;

    CampaignsPage(CampaignService campaigns, Frame frame) {
        this.campaigns = campaigns;
        this.frame = frame;
    }

    List<Place> places(Gate gate) {
        var places = new ArrayList<Place>();
        places.add(gate.page(PATH, this::page));
        places.add(gate.page(PATH + "/list", (viewer, asked) -> Pages.html(200, list(viewer))));
        places.add(gate.page(
                PATH + "/{id}/result.csv",
                (viewer, asked) -> Pages.text(
                                "text/csv; charset=utf-8",
                                ResultTable.of(campaigns.result(viewer.account(), asked.name("id"))))
                        .with("Content-Disposition", "attachment; filename=\"result.csv\"")));
        for (Verb verb : Verb.values()) {
            places.add(gate.deed(PATH + "/{id}/" + word(verb), Scope.CALL, (viewer, asked, form) -> {
                CampaignRecord unused = changed(viewer.account(), asked.name("id"), verb);
                return Pages.seeOther(PATH);
            }));
        }
        return places;
    }

    private CampaignRecord changed(String account, String id, Verb verb) {
        return switch (verb) {
            case PAUSE -> campaigns.pause(account, id);
            case RESUME -> campaigns.resume(account, id);
            case CANCEL -> campaigns.cancel(account, id);
        };
    }

    private static String word(Verb verb) {
        return verb.name().toLowerCase(Locale.ROOT);
    }

    private Answer page(Viewer viewer, Asked asked) {
        return frame.page(
                viewer,
                PATH,
                "Campaigns",
                Html.of(
                        "<h1>Campaigns</h1><p class=\"lead\">Numbers that are dialled one after the other:"
                                + " <code>outdial campaign numbers.csv --flow flow.json</code> begins one.</p>"
                                + "<div hx-get=\"/campaigns/list\" hx-trigger=\"tick from:body\">{}</div>",
                        list(viewer)));
    }

    private Html list(Viewer viewer) {
        List<Html> rows = campaigns.list(viewer.account(), new PageQuery(Optional.empty(), MOST)).items().stream()
                .map(campaign -> row(viewer, campaign))
                .toList();
        if (rows.isEmpty()) return Html.of("<p class=\"empty\">There is no campaign.</p>");
        return Html.of("""
                <table><thead><tr><th scope="col">State</th><th scope="col">Name</th><th scope="col">Outcomes</th><th scope="col" class="num">Waiting</th>\
                <th scope="col" class="num wide">Up</th><th scope="col" class="num">Numbers</th><th scope="col" class="num wide">Begun</th>\
                <th scope="col"><span class="unseen">Pause, go on, or see the result</span></th></tr></thead><tbody>{}</tbody></table>""", rows);
    }

    private static Html row(Viewer viewer, CampaignRecord campaign) {
        return Html.of(
                """
                <tr><td>{}</td><th scope="row" title="{}">{}</th><td class="outcomes">{}<p class="hint">{}</p></td><td class="num">{}</td><td class="num wide">{}</td>\
                <td class="num">{}</td><td class="num wide">{}</td><td class="act">{}</td></tr>""",
                Words.badge(tone(campaign.status()), campaign.status()),
                campaign.id(),
                campaign.name().isEmpty()
                        ? campaign.id().substring(0, Math.min(8, campaign.id().length()))
                        : campaign.name(),
                progress(campaign),
                said(campaign.counts().byOutcome()),
                campaign.counts().waiting(),
                campaign.counts().live(),
                campaign.rowCount(),
                Words.clock(campaign.created(), viewer),
                Html.all(List.of(
                        Html.when(viewer.may(Scope.CALL), Html.all(buttons(viewer, campaign))),
                        Html.of(
                                "<a class=\"button small\" href=\"/campaigns/{}/result.csv\" download>result</a>",
                                campaign.id()))));
    }

    private static String said(Map<String, Long> outcomes) {
        var words = new ArrayList<String>();
        outcomes.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .forEach(outcome -> words.add(outcome.getValue() + " " + outcome.getKey()));
        return words.isEmpty() ? "none yet" : String.join(" · ", words);
    }

    /** A bar of which each outcome has its part. */
    private static Html progress(CampaignRecord campaign) {
        var parts = new ArrayList<Html>();
        double at = 0;
        double all = Math.max(1, campaign.rowCount());
        for (String tone : List.of("good", "warn", "bad", "quiet")) {
            long count = campaign.counts().byOutcome().entrySet().stream()
                    .filter(outcome -> Words.outcomeTone(outcome.getKey()).equals(tone))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            parts.add(part(tone, at / all, count / all));
            at += count;
        }
        parts.add(part("busy", at / all, campaign.counts().live() / all));
        return Html.of("<svg class=\"progress\" aria-hidden=\"true\">{}</svg>", parts);
    }

    private static Html part(String tone, double from, double width) {
        return Html.when(
                width > 0,
                Html.of(
                        "<rect class=\"{}\" x=\"{}\" width=\"{}\" height=\"8\"/>",
                        tone,
                        String.format(Locale.ROOT, "%.2f%%", from * 100),
                        String.format(Locale.ROOT, "%.2f%%", width * 100)));
    }

    private static List<Html> buttons(Viewer viewer, CampaignRecord campaign) {
        return switch (campaign.status()) {
            case "running" -> List.of(button(viewer, campaign, Verb.PAUSE, "Pause"), cancel(viewer, campaign));
            case "paused" -> List.of(button(viewer, campaign, Verb.RESUME, "Go on"), cancel(viewer, campaign));
            default -> List.of();
        };
    }

    private static Html button(Viewer viewer, CampaignRecord campaign, Verb verb, String word) {
        return Html.of(
                "<form method=\"post\" action=\"/campaigns/{}/{}\">{}<button class=\"small\" id=\"{}-{}\">{}</button></form>",
                campaign.id(),
                word(verb),
                Frame.csrf(viewer),
                word(verb),
                campaign.id(),
                word);
    }

    private static Html cancel(Viewer viewer, CampaignRecord campaign) {
        return button(viewer, campaign, Verb.CANCEL, "Cancel");
    }

    private static String tone(String status) {
        return switch (status) {
            case "running" -> "good live";
            case "paused" -> "warn";
            default -> "quiet";
        };
    }
}

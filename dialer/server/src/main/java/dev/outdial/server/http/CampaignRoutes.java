package dev.outdial.server.http;

import static dev.outdial.server.http.Routes.API;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.CampaignRecord;
import dev.outdial.server.calls.CampaignService;
import dev.outdial.server.calls.CampaignViews;
import dev.outdial.server.calls.Created;
import dev.outdial.server.calls.NewCampaign;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.http.csv.ResultTable;
import dev.outdial.server.http.json.Fields;
import dev.outdial.server.http.json.JsonText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Campaigns: many numbers, uploaded once, dialled by the queue. */
final class CampaignRoutes {
    private static final String CAMPAIGNS = API + "/campaigns";
    private static final String ONE = CAMPAIGNS + "/{id}";
    private static final int MAX_BYTES = 4 * 1024 * 1024;
    private static final String CSV = "text/csv";
    /** What stands beside an upload, in the query. */
    private static final List<String> TEXTS =
            List.of("name", "flow_id", "say", "play", "from", "trunk", "tag", "duplicates");

    private static final List<String> NUMBERS = List.of("ring_timeout", "max_duration");
    private static final List<String> FLAGS = List.of("record", "detect_machine", "anonymous");

    private final CampaignService campaigns;
    private final CampaignReader reader;

    CampaignRoutes(CampaignService campaigns, NewCalls calls) {
        this.campaigns = campaigns;
        this.reader = new CampaignReader(calls);
    }

    private interface Change {
        CampaignRecord of(String account, String id);
    }

    List<Route> routes() {
        var kept = new Keeping<CampaignRecord, NewCampaign>(CAMPAIGNS, reader::read, CampaignViews::json);
        return List.of(
                Route.createOfRows(CAMPAIGNS, Scope.CALL, this::create),
                kept.list(Scope.READ, campaigns::list),
                kept.get(Scope.READ, campaigns::get),
                kept.delete(Scope.CALL, campaigns::delete),
                change("pause", campaigns::pause),
                change("resume", campaigns::resume),
                change("cancel", campaigns::cancel),
                Route.content(
                        ONE + "/result",
                        Scope.READ,
                        exchange -> new Reply.Text(
                                CSV + "; charset=utf-8",
                                ResultTable.of(campaigns.result(exchange.account(), exchange.id())))));
    }

    private static Route change(String word, Change change) {
        return Route.post(ONE + "/" + word, Scope.CALL, exchange -> {
            Fields body = exchange.body();
            body.done();
            body.problems().throwIfAny();
            return Reply.ok(CampaignViews.json(change.of(exchange.account(), exchange.id())));
        });
    }

    /** Whether a body of that type is one of comma-separated values. */
    static boolean isCsv(Optional<String> contentType) {
        return contentType
                .map(type -> type.split(";", -1)[0].strip().toLowerCase(Locale.ROOT))
                .filter(CSV::equals)
                .isPresent();
    }

    private Reply create(Exchange exchange) throws IOException, ProblemException {
        Fields fields =
                isCsv(exchange.header("Content-Type")) ? exchange.body(upload(exchange)) : exchange.body(MAX_BYTES);
        NewCampaign wanted = reader.read(fields);
        fields.done();
        fields.problems().throwIfAny();
        Created<CampaignRecord> created = campaigns.create(exchange.account(), wanted, exchange.requestKey());
        Reply reply = Reply.created(created, CAMPAIGNS, CampaignViews::json);
        return created.replay() ? exchange.again(CAMPAIGNS).orElse(reply) : exchange.first(reply);
    }

    /** An upload and its query as the JSON body that wants the same. */
    private static JsonNode upload(Exchange exchange) throws IOException, ProblemException {
        Query query = exchange.query();
        ObjectNode wanted = JsonText.MAPPER.createObjectNode();
        TEXTS.forEach(name -> query.text(name).ifPresent(text -> wanted.put(name, text)));
        NUMBERS.forEach(name -> number(query, name, wanted));
        FLAGS.forEach(name ->
                query.choice(name, List.of("true", "false")).ifPresent(flag -> wanted.put(name, flag.equals("true"))));
        ObjectNode schedule = JsonText.MAPPER.createObjectNode();
        query.text("not_before").ifPresent(time -> schedule.put("not_before", time.replace(' ', '+')));
        query.text("give_up_at").ifPresent(time -> schedule.put("give_up_at", time.replace(' ', '+')));
        number(query, "priority", schedule);
        number(query, "retries", schedule);
        Optional<String> zone = query.text("zone");
        query.parsed("window", CampaignRoutes::window, "must be two times of the day such as 09:00-18:00")
                .ifPresent(window -> {
                    zone.ifPresent(name -> window.put("zone", name));
                    schedule.set("window", window);
                });
        if (!schedule.isEmpty()) wanted.set("schedule", schedule);
        ObjectNode pacing = JsonText.MAPPER.createObjectNode();
        number(query, "at_once", pacing);
        number(query, "per_second", pacing);
        if (!pacing.isEmpty()) wanted.set("pacing", pacing);
        query.done();
        return wanted.put("rows", content(exchange));
    }

    private static Optional<ObjectNode> window(String text) {
        String[] times = text.split("-", -1);
        return times.length == 2
                ? Optional.of(JsonText.MAPPER
                        .createObjectNode()
                        .put("from", times[0].strip())
                        .put("to", times[1].strip()))
                : Optional.empty();
    }

    private static void number(Query query, String name, ObjectNode wanted) {
        query.parsed(name, CampaignRoutes::number, "must be a number").ifPresent(number -> wanted.set(name, number));
    }

    private static Optional<JsonNode> number(String text) {
        if (text.matches("-?[0-9]{1,9}"))
            return Optional.of(JsonText.MAPPER.getNodeFactory().numberNode(Integer.parseInt(text)));
        return text.matches("[0-9]{1,9}\\.[0-9]{1,9}")
                ? Optional.of(JsonText.MAPPER.getNodeFactory().numberNode(Double.parseDouble(text)))
                : Optional.empty();
    }

    private static String content(Exchange exchange) throws IOException, ProblemException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(exchange.content().read(MAX_BYTES)))
                    .toString();
        } catch (CharacterCodingException other) {
            throw new ProblemException(400, "bad_csv", "the body is not UTF-8");
        }
    }
}

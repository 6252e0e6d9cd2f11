package dev.outdial.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.CampaignService;
import dev.outdial.server.calls.NewCampaign;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.http.csv.CsvText;
import dev.outdial.server.http.csv.CsvText.BadCsvException;
import dev.outdial.server.http.json.Controls;
import dev.outdial.server.http.json.Fields;
import dev.outdial.server.http.json.JsonText;
import dev.outdial.server.http.json.Problems;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** Anything as a table of a campaign: rows whose cells may be put into SIP, or words about what is wrong. */
public final class CsvTarget {
    private static final CampaignReader READER = new CampaignReader(new NewCalls(new PlanReader(actions -> List.of())));

    private CsvTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        read(input);
    }

    /** How many rows are asked for; 0 where something is wrong. */
    static int read(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        writtenAndReadItIsTheSame(text);
        ObjectNode body = JsonText.MAPPER.createObjectNode().put("say", "Hello").put("rows", text);
        var problems = new Problems();
        var fields = new Fields(body, "", problems);
        NewCampaign campaign = READER.read(fields);
        fields.done();
        try {
            problems.throwIfAny();
        } catch (ServiceException refused) {
            refused.fields()
                    .forEach(field ->
                            require(plain(field.field() + field.message()), "words without control characters"));
            return 0;
        }
        require(!campaign.rows().isEmpty(), "somebody is called");
        for (NewCampaign.Row row : campaign.rows()) {
            require(!row.to().target().isBlank() && plain(row.to().target()), "an address");
            row.variables().forEach((name, value) -> require(plain(name + value), "a variable"));
        }
        return campaign.rows().size();
    }

    private static void writtenAndReadItIsTheSame(String text) {
        List<CsvText.Row> rows;
        try {
            rows = CsvText.parse(text, CampaignService.MOST_ROWS);
        } catch (BadCsvException refused) {
            require(
                    Objects.toString(refused.getMessage())
                            .toLowerCase(Locale.ROOT)
                            .matches("[a-z0-9 ]+"),
                    "a sentence");
            return;
        }
        var written = new StringBuilder();
        rows.forEach(row -> written.append(CsvText.row(row.cells())));
        // What begins with a byte order mark, or has another separator in its first row, is quoted or does not matter.
        try {
            List<List<String>> again = CsvText.parse("a,b\n" + written, CampaignService.MOST_ROWS + 1).stream()
                    .skip(1)
                    .map(CsvText.Row::cells)
                    .toList();
            require(again.equals(rows.stream().map(CsvText.Row::cells).toList()), "what was written is read");
        } catch (BadCsvException impossible) {
            throw new AssertionError("what was written cannot be read", impossible);
        }
    }

    private static boolean plain(String text) {
        return !Controls.in(text);
    }

    private static void require(boolean holds, String what) {
        if (!holds) throw new AssertionError("not so: " + what);
    }

    static List<byte[]> seeds() {
        return Stream.of(
                        "number,name\n+15551234567,Ann\n+15551234568,Bob\n",
                        "\uFEFFname;number\r\n\"A; \"\"b\"\"\r\nc\";+1 (555) 123-4567\r\n",
                        "number\tday\r+15551234567\t\r\r\n",
                        "\"number\",\"a b\"\n\"sip:a@b\" ,\" x \"")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}

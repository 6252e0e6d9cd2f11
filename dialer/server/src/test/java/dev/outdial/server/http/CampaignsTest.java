package dev.outdial.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.server.calls.CallPlan;
import dev.outdial.server.calls.NewCampaign;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What campaigns are asked for with, and what is said of tables that cannot be taken. */
class CampaignsTest {
    private static final Api API = Api.start();
    private static final String CAMPAIGNS = "/api/v1/campaigns";

    @AfterAll
    static void stop() {
        API.close();
    }

    private static Answer uploaded(String query, String csv) {
        return API.post(CAMPAIGNS + query, csv, "Content-Type", "text/csv; charset=utf-8");
    }

    private static NewCampaign wanted(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return API.fakes.campaigns.wanted(answer.id());
    }

    @Test
    void aTableIsUploadedWithItsWishesInTheQuery() {
        NewCampaign wanted = wanted(uploaded(
                "?name=spring&say=Hello&window=09:00-18:00&zone=Europe/Berlin&retries=2&at_once=5&per_second=1.5",
                "\uFEFFname;number;day\r\n\"Ann; the first\";+1 555 123 4567;Monday\r\n\r\nBob;+15551234568;\"\"\r\n"));

        assertThat(wanted.name()).isEqualTo("spring");
        assertThat(wanted.call().plan()).isEqualTo(new CallPlan.Say("Hello", "en-US", ""));
        assertThat(wanted.call().schedule().retries()).isEqualTo(2);
        assertThat(wanted.call().schedule().window()).hasValueSatisfying(window -> {
            assertThat(window.from()).isEqualTo(LocalTime.of(9, 0));
            assertThat(window.to()).isEqualTo(LocalTime.of(18, 0));
            assertThat(window.zone()).contains("Europe/Berlin");
        });
        assertThat(wanted.atOnce()).hasValue(5);
        assertThat(wanted.perSecond()).hasValue(1.5);
        assertThat(wanted.rows()).extracting(row -> row.to().target()).containsExactly("+15551234567", "+15551234568");
        assertThat(wanted.rows())
                .extracting(NewCampaign.Row::variables)
                .containsExactly(Map.of("name", "Ann; the first", "day", "Monday"), Map.of("name", "Bob", "day", ""));
    }

    @Test
    void rowsComeAsJsonOrAsATableInIt() {
        NewCampaign rows = wanted(
                API.post(
                        CAMPAIGNS,
                        "{\"say\":\"Hello\",\"rows\":[\"+15551234567\",{\"to\":\"sip:a@b\",\"variables\":{\"n\":2},\"tag\":\"vip\"}]}"));
        assertThat(rows.rows()).extracting(NewCampaign.Row::row).containsExactly(1, 2);
        assertThat(rows.rows().getLast().tag()).isEqualTo("vip");
        assertThat(rows.rows().getLast().variables()).containsEntry("n", "2");

        NewCampaign table =
                wanted(API.post(CAMPAIGNS, "{\"say\":\"Hello\",\"rows\":\"Number,n\\n+15551234567,2\\n\"}"));
        assertThat(table.rows())
                .singleElement()
                .satisfies(row -> assertThat(row.variables()).isEqualTo(Map.of("n", "2")));
    }

    @Test
    void allThatIsWrongWithATableIsToldWithRowAndColumn() {
        Answer refused = uploaded(
                "?say=Hello", "number,name\n+15551234567,Ann\nnobody,Bob\n+15551234568\n+1 555 123 4567,\"C\u0007\"\n");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.wrongFields())
                .containsExactly("row 2, column number", "row 3", "row 4, column name", "row 4, column number");
        assertThat(refused.said("row 3")).contains("has 1 columns").contains("line 4");
        assertThat(refused.said("row 4, column number")).contains("row 1");
    }

    @Test
    void aNumberThatComesTwiceIsRefusedOrKept() {
        String twice = "number\n+15551234567\n+15551234567\n";
        assertThat(uploaded("?say=Hello", twice).wrongFields()).containsExactly("row 2, column number");
        assertThat(wanted(uploaded("?say=Hello&duplicates=keep", twice)).rows()).hasSize(2);
        assertThat(API.post(CAMPAIGNS, "{\"say\":\"Hello\",\"rows\":[\"+15551234567\",\"+15551234567\"]}")
                        .wrongFields())
                .containsExactly("rows[1]");
    }

    @Test
    void nobodyIsCalledForNothing() {
        assertThat(uploaded("", "number\n+15551234567\n").wrongFields()).containsExactly("say");
        assertThat(API.post(CAMPAIGNS, "{\"rows\":[\"+15551234567\"]}").wrongFields())
                .containsExactly("say");
        assertThat(uploaded("?play=media:a.wav", "number\n+15551234567\n").status())
                .isEqualTo(201);
    }

    @Test
    void aTableWithoutNumbersIsRefused() {
        assertThat(uploaded("", "numbers,name\n+15551234567,Ann\n").said("rows"))
                .contains("is it numbers?");
        assertThat(uploaded("", "phone,name\n+15551234567,Ann\n").said("rows")).contains("no column number");
        assertThat(uploaded("", "number,number\n1,2\n").said("column 2")).contains("name of another");
        assertThat(uploaded("", "number,\n1,2\n").said("column 2")).contains("no good name");
        assertThat(uploaded("", "number\n").said("rows")).contains("one or more with numbers");
        assertThat(uploaded("", "number\n\"+1555").said("rows")).contains("not closed from line 2 on");
        assertThat(uploaded("?per_sekond=1", "number\n1\n").said("per_sekond")).contains("per_second");
        assertThat(uploaded("?window=nine", "number\n1\n").wrongFields()).containsExactly("window");
        assertThat(uploaded("?say=Hello", "number\n1\n").status()).isEqualTo(201);
        assertThat(uploaded("", "number\n" + "1\n".repeat(10_001)).said("rows")).contains("more than 10001 rows");
    }

    @Test
    void theSameKeyIsTheSameCampaign() {
        String table = "number\n+15551234567\n";
        Answer first = API.post(CAMPAIGNS + "?say=a", table, "Content-Type", "text/csv", "Idempotency-Key", "c1");
        Answer again = API.post(CAMPAIGNS + "?say=a", table, "Content-Type", "text/csv", "Idempotency-Key", "c1");
        Answer other = API.post(CAMPAIGNS + "?say=b", table, "Content-Type", "text/csv", "Idempotency-Key", "c1");

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(other.status()).isEqualTo(409);
    }

    @Test
    void theResultHasARowForEachNumberAndAColumnForEachVariable() {
        String id = uploaded("?say=Hello", "name,number\n\"Ann \"\"A\"\", Dr.\",+15551234567\n")
                .id();
        Answer result = API.get(CAMPAIGNS + "/" + id + "/result");

        assertThat(result.header("Content-Type")).startsWith("text/csv");
        assertThat(result.text())
                .isEqualTo("row,number,outcome,sip_code,attempts,talk,digits,recordings,call_id,name\r\n"
                        + "1,+15551234567,completed,200,1,1.500,12#,r1 r2,call-1,\"Ann \"\"A\"\", Dr.\"\r\n");
    }

    @Test
    void otherTypesThanTheTwoAreRefused() {
        assertThat(API.post(CAMPAIGNS, "number\n1\n", "Content-Type", "text/plain")
                        .status())
                .isEqualTo(415);
        assertThat(List.of(
                        API.sendAs(API.read, "POST", CAMPAIGNS, "number\n1\n", "Content-Type", "text/csv")
                                .status(),
                        API.sendAs("", "POST", CAMPAIGNS, "number\n1\n", "Content-Type", "text/csv")
                                .status()))
                .containsExactly(403, 401);
    }
}

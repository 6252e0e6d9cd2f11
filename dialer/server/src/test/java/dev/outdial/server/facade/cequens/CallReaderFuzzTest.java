package dev.outdial.server.facade.cequens;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.dialer.flow.json.FlowReader;
import dev.outdial.server.facade.Mutations;
import dev.outdial.server.http.json.Controls;
import dev.outdial.server.http.json.JsonText;
import dev.outdial.server.http.json.JsonText.BadJsonException;
import dev.outdial.server.http.json.Problems;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bodies that are almost right: words about what is wrong, or a call whose flow and callbacks make sense. */
class CallReaderFuzzTest {
    private static final List<String> SEEDS = List.of(
            "{\"recipient\":\"+201001234567\",\"sayText\":\"Hello\"}",
            "{\"to\":[201001234567],\"sayText\":\"مرحبا ${a}\",\"voice\":\"Hala\",\"repeat\":\"3\",\"timeout\":5}",
            "{\"msisdn\":\"00201001234567\",\"sayText\":\"a\",\"audioUrl\":\"http://a/b?c=d#e\",\"dtmf\":true,"
                    + "\"dtmfCallback\":\"http://u:p@h:1/k?a=b#c\",\"statusCallback\":\"https://h\",\"metadata\":{\"k\":[null]}}");

    private static boolean read(byte[] body) {
        JsonNode json;
        try {
            json = JsonText.parse(body);
        } catch (BadJsonException none) {
            return false;
        }
        var problems = new Problems();
        CallWish wish = CallReader.read(json, FieldNames.USUAL, problems);
        if (!problems.isEmpty()) return false;
        assertThat(wish.recipient()).matches("\\+[1-9][0-9]{6,14}");
        assertThat(wish.sayText()).isNotBlank();
        assertThat(Controls.inWords(wish.sayText()) || Controls.in(wish.voice()))
                .isFalse();
        assertThat(FlowReader.examine(CallFlow.actions(wish)).findings()).isEmpty();
        wish.dtmfUrl()
                .ifPresent(url -> assertThat(URI.create(CallbackUrl.with(url, java.util.Map.of("k", wish.metadata())))
                                .getHost())
                        .isNotBlank());
        return true;
    }

    @Test
    void theSeedsAreGenuine() {
        assertThat(Mutations.of(SEEDS).seeds()).allMatch(CallReaderFuzzTest::read);
    }

    @Test
    void someMutationsAreTaken() {
        Mutations.of(SEEDS).feed(3_000, 1, CallReaderFuzzTest::read);
    }

    @Tag("slow")
    @Test
    void manyMutationsAreTaken() {
        Mutations.of(SEEDS).feed(50_000, 2, CallReaderFuzzTest::read);
    }
}

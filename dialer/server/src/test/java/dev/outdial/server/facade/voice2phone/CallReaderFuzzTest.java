package dev.outdial.server.facade.voice2phone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.dialer.flow.json.FlowReader;
import dev.outdial.server.facade.Mutations;
import dev.outdial.server.http.json.Controls;
import dev.outdial.server.http.json.Problems;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bodies that are almost right: words about what is wrong, or a call whose flow makes sense. */
class CallReaderFuzzTest {
    private static final List<String> SEEDS = List.of(
            "{Phone:{\"Number\":\"4252337837\",\"CountryCode\":\"US\"},Message: \"Please press one\",Dtmf:{\"1\" : \"Thank you\"}}",
            "{'phone':{'number':+442071838750,CountryCode:'gb',},message:'${a}',dtmf:{1:'b','*':'c',\"#\":\"d\"},}"
                    .replace("+44", "44"),
            "{\"Phone\":{\"Number\":\"011 44 (20) 7183-8750\",\"CountryCode\":\"US\"},\"Message\":\"a\",\"Dtmf\":null}");

    private static boolean read(byte[] body) {
        Optional<JsonNode> json = LenientJson.read(body);
        if (json.isEmpty()) return false;
        var problems = new Problems();
        CallWish wish = CallReader.read(json.get(), problems);
        if (!problems.isEmpty()) return false;
        assertThat(wish.number()).matches("\\+[1-9][0-9]{1,17}");
        assertThat(wish.message()).isNotBlank();
        assertThat(Controls.inWords(wish.message() + wish.answers().values())).isFalse();
        assertThat(FlowReader.examine(CallFlow.actions(wish)).findings()).isEmpty();
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

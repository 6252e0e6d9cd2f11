package dev.outdial.server.facade.voipbin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.calls.Callbacks;
import dev.outdial.server.http.json.JsonText;
import dev.outdial.server.webhook.Profile.Manner;
import dev.outdial.server.webhook.Profile.Message;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VoipbinProfileTest {
    private static final String GROUP =
            "{\"id\":\"g\",\"status\":\"hangup\",\"ring_method\":\"RING_ALL\",\"answer_method\":\"KEEP\",\"call_ids\":[\"a\",\"b\"],\"tag\":\"mine\"}";

    private static List<Message> messages(String type, String method) {
        var event = new CallEventRecord(1, "e", "account", type, Instant.EPOCH, 1, "", GROUP);
        var to = new Callbacks("http://example.com/hook?a=b", method, Duration.ZERO, "", VoipbinFacade.NAME, "omit");
        return new VoipbinProfile().messages(event, Optional.empty(), to);
    }

    @ParameterizedTest
    @CsvSource({"groupcall.created, groupcall_created", "groupcall.ended, groupcall_hangup"})
    void groupsAreToldByPost(String type, String told) {
        assertThat(messages(type, "POST")).singleElement().satisfies(message -> {
            var json = JsonText.ours(message.body());
            assertThat(json.path("type").asText()).isEqualTo(told);
            assertThat(json.path("data").path("call_ids")).hasSize(2);
            assertThat(json.path("data").has("tm_delete")).isFalse();
            assertThat(message.url()).isEqualTo("http://example.com/hook?a=b");
        });
    }

    @Test
    void byGetTheQuerySaysEverything() {
        assertThat(messages("groupcall.ended", "GET")).singleElement().satisfies(message -> {
            String url = URLDecoder.decode(message.url(), StandardCharsets.UTF_8);
            assertThat(url).startsWith("http://example.com/hook?a=b&type=groupcall_hangup&data={\"id\":\"g\"");
            assertThat(message.body()).isEmpty();
        });
    }

    @Test
    void whatItHasNoWordForIsNotTold() {
        assertThat(messages("media.started", "POST")).isEmpty();
        assertThat(messages("call.ended", "POST")).isEmpty(); // no call is known
        assertThat(new VoipbinProfile().manner()).isEqualTo(Manner.THREE_UNLESS_ANSWERED);
    }
}

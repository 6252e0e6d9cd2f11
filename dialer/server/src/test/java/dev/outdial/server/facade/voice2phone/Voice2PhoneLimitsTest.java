package dev.outdial.server.facade.voice2phone;

import static dev.outdial.server.facade.voice2phone.Voice2PhoneBench.body;
import static dev.outdial.server.facade.voice2phone.Voice2PhoneBench.isRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are set up otherwise than usual for tests, one a case. */
@Tag("slow")
@Timeout(90)
class Voice2PhoneLimitsTest {
    @TempDir
    private Path folder;

    private static DialPlan callees() {
        return DialPlan.empty().otherwise(Persona.of("answers", new Answer()));
    }

    @Test
    void p09_plainHttpIsRefused() throws Exception {
        try (var plain = new Voice2PhoneBench(folder, callees(), "OUTDIAL_FACADES_VOICE2PHONE_ALLOW_HTTP", "false")) {
            isRefused(403, plain.post(body("4255550101", "US", "")));
            isRefused(403, plain.bench.send("GET", "/call/any", "", "Authorization", Voice2PhoneBench.KEY));
            isRefused(403, plain.bench.send("GET", "/call", ""));
            assertThat(plain.bench.trunk().calls()).isEmpty();
        }
    }

    @Test
    void p11_withoutAFreeChannelTheRequestFailsAndNobodyIsCalled() throws Exception {
        try (var narrow = new Voice2PhoneBench(
                folder,
                callees(),
                "OUTDIAL_PACE_AT_ONCE",
                "1",
                "OUTDIAL_GUARD_PER_NUMBER",
                "1 in 1d",
                "OUTDIAL_FACADES_VOICE2PHONE_WAIT",
                "1",
                "OUTDIAL_FACADES_VOICE2PHONE_STATUSES",
                "queued=10")) {
            String first = narrow.call("4255550101", "US", "{1:\"Thanks\"}");
            isRefused(402, narrow.post(body("4255550102", "US", "")));
            assertThat(narrow.bench.callsTo("+14255550102")).isEmpty();

            // P12: before the INVITE, which a rule keeps back until tomorrow; and numbers may be others.
            narrow.awaitStatus(first, 2);
            String tomorrow = narrow.call("4255550101", "US", "");
            assertThat(narrow.look(tomorrow).path("Status").asInt()).isEqualTo(10);
            assertThat(narrow.bench.callsTo("+14255550101")).hasSize(1);
        }
    }

    @Test
    void p14_whoAsksTooOftenIsRefused() throws Exception {
        try (var limited =
                new Voice2PhoneBench(folder, callees(), "OUTDIAL_FACADES_VOICE2PHONE_REQUESTS_PER_SECOND", "0.1")) {
            limited.call("4255550101", "US", "");
            var second = limited.post(body("4255550102", "US", ""));
            isRefused(429, second);
            assertThat(second.headers().firstValueAsLong("Retry-After").orElse(0))
                    .isPositive();
            assertThat(limited.bench.callsTo("+14255550102")).isEmpty();
        }
    }
}

package dev.outdial.server.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.trunk.DialFormat;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.server.calls.Secret;
import dev.outdial.server.calls.TrunkSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Trunks from their settings. */
class EngineTrunksTest {
    private static Trunk trunk(String realm, int optionsSeconds) {
        var settings = new TrunkSettings(
                "carrier",
                "sip.example.com",
                0,
                "udp",
                "edge.example.com:5070",
                "alice",
                "",
                realm,
                true,
                3600,
                "customers.example.com",
                "99",
                "#",
                Map.of("X-Customer", "7"),
                List.of("PCMU"),
                "auto",
                10,
                2,
                optionsSeconds,
                true,
                "off");
        return EngineTrunks.of(settings, Optional.of(new Secret("wonder")));
    }

    @Test
    void thePasswordIsForTheRealmOfTheSettingsOrForTheFirstThatAsks() {
        assertThat(trunk("pbx.example", 0).realm()).hasValue("pbx.example");
        assertThat(trunk("", 0).realm()).isEmpty();
    }

    @Test
    void itIsAskedByOptionsAsOftenAsTheSettingsSayOrNever() {
        assertThat(trunk("", 60).optionsEvery()).hasValue(Duration.ofSeconds(60));
        assertThat(trunk("", 0).optionsEvery()).isEmpty();
    }

    @Test
    void itsProxyAndTheLengthOfItsRegistrationAreThoseOfTheSettings() {
        assertThat(trunk("", 0).outboundProxy()).hasValue("sip:edge.example.com:5070");
        assertThat(trunk("", 0).expires()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void itsCallsLookAsTheSettingsSay() {
        DialFormat format = trunk("", 0).format();

        assertThat(format)
                .isEqualTo(new DialFormat(
                        "99", "#", Optional.of("customers.example.com"), true, Map.of("X-Customer", "7")));
    }
}

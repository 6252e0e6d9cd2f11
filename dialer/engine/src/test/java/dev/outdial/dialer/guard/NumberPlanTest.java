package dev.outdial.dialer.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.guard.Destination.Kind;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberPlanTest {
    private final NumberPlan abroad = new NumberPlan(Optional.empty());
    private final NumberPlan german = new NumberPlan(Optional.of("de"));

    @ParameterizedTest
    @CsvSource({
        "+14252337837, ORDINARY, US",
        "0014252337837, ORDINARY, US",
        "+1 (425) 233-7837, ORDINARY, US",
        "sip:+14252337837@trunk.example.com, ORDINARY, US",
        "sip:+14252337837;phone-context=x@trunk.example.com;user=phone, ORDINARY, US",
        "tel:+14252337837, ORDINARY, US",
        "+442071838750, ORDINARY, GB",
        "+12425551234, UNASSIGNED, ",
        "+12423223300, ORDINARY, BS",
        "+18002345678, ORDINARY, US",
        "+19002345678, PREMIUM, US",
        "+49900123456, UNASSIGNED, ",
        "+499001234567, PREMIUM, DE",
        "+491803123456, SHARED_COST, DE",
        "+447012345678, PERSONAL, GB",
        "+870773111632, SATELLITE, ",
        "+88165123456, SATELLITE, ",
        "+883510012345, SATELLITE, ",
        "+979123456789, PREMIUM, ",
        "+80812345678, SHARED_COST, ",
        "+878101234567890, PERSONAL, ",
        "+15551234567, UNASSIGNED, ",
        "+999123456789, UNASSIGNED, ",
        "+, UNASSIGNED, ",
        "112, EMERGENCY, ",
        "911, EMERGENCY, ",
        "+911, EMERGENCY, ",
        "sip:112@trunk, EMERGENCY, ",
        "9-1-1, EMERGENCY, ",
        "1001, INTERNAL, ",
        "alice, INTERNAL, ",
        "sip:alice@example.com, INTERNAL, ",
        "4252337837, NATIONAL, ",
        "*674252337837, NATIONAL, ",
        "123456, INTERNAL, ",
        "'  sip:112@gw ', EMERGENCY, ",
        "sip:%31%31%32@gw, EMERGENCY, ",
        "112#, EMERGENCY, ",
        "sip:%2B19002345678@gw, PREMIUM, US",
        "sip:9002345678;phone-context=+1@gw, PREMIUM, US",
        "+14252337837#, ORDINARY, US",
    })
    void aTargetIsReadByTheWorldsPlan(String target, Kind kind, String country) {
        Destination read = abroad.read(target);
        assertThat(read.kind()).isEqualTo(kind);
        if (country != null) {
            assertThat(read.country()).contains(country);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "030 901820, ORDINARY, +4930901820",
        "0900 1 234567, PREMIUM, +499001234567",
        "110, EMERGENCY, ",
        "0044 20 7183 8750, ORDINARY, +442071838750",
        "201, INTERNAL, ",
        "030901820#, ORDINARY, +4930901820",
    })
    void nationalNumbersAreReadByThePlanOfTheirCountry(String target, Kind kind, String e164) {
        Destination read = german.read(target);
        assertThat(read.kind()).isEqualTo(kind);
        assertThat(read.e164()).isEqualTo(Optional.ofNullable(e164));
    }

    @ParameterizedTest
    @CsvSource({
        "DE, 11833, PREMIUM",
        "DE, 118 33, PREMIUM",
        "DE, sip:11833@gw, PREMIUM",
        "DE, 11833#, PREMIUM",
        "DE, 1001, INTERNAL",
        "DE, 201, INTERNAL",
        "GB, 118118, PREMIUM",
        "FR, 3250, PREMIUM",
        "US, 1001, INTERNAL",
        "US, 211, INTERNAL",
    })
    void shortNumbersThatCostMoreThanACallAreNoExtensions(String home, String target, Kind kind) {
        assertThat(new NumberPlan(Optional.of(home)).read(target).kind()).isEqualTo(kind);
    }

    @Test
    void theTimeZonesOfANumberAreKnown() {
        assertThat(abroad.zones(abroad.read("+4930901820"))).containsExactly(ZoneId.of("Europe/Berlin"));
        assertThat(abroad.zones(abroad.read("+14252337837"))).containsExactly(ZoneId.of("America/Los_Angeles"));
        assertThat(abroad.zones(abroad.read("1001"))).isEmpty();
    }

    @Test
    void aCountryThatDoesNotExistIsAClearError() {
        assertThatThrownBy(() -> new NumberPlan(Optional.of("XX")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("country 'XX'");
    }
}

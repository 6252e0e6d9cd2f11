package dev.outdial.dialer.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.guard.Destination.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialGuardTest {
    private static final Instant NOON_UTC = Instant.parse("2026-11-22T12:00:00Z");
    private static final String SEATTLE = "+14252337837";

    @ParameterizedTest
    @CsvSource({
        "+19002345678, premium",
        "+491803123456, shared-cost",
        "+870773111632, satellite",
        "+447012345678, personal",
        "+15551234567, unassigned",
        "911, emergency",
    })
    void whatCostsOrHarmsIsRefusedByDefault(String target, String rule) {
        assertThat(refusal(GuardPolicy.STANDARD, target)).isEqualTo(rule);
    }

    @Test
    void telephonesAndExtensionsAreAllowedByDefault() {
        assertThat(judge(GuardPolicy.STANDARD, SEATTLE)).isEqualTo(new Judgment.Allowed());
        assertThat(judge(GuardPolicy.STANDARD, "1001")).isEqualTo(new Judgment.Allowed());
    }

    @Test
    void aBenchMayDialMadeUpNumbersButNoEmergencyNumber() {
        assertThat(judge(GuardPolicy.BENCH, "+15551234567")).isEqualTo(new Judgment.Allowed());
        assertThat(refusal(GuardPolicy.BENCH, "112")).isEqualTo("emergency");
        assertThatThrownBy(() -> GuardPolicy.STANDARD.allowingToo(Kind.EMERGENCY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void otherCountriesAreRefusedAndIslandsOfASharedPlanAreOtherCountries() {
        GuardPolicy policy = GuardPolicy.STANDARD.toCountries("us", "GB");
        assertThat(judge(policy, SEATTLE)).isEqualTo(new Judgment.Allowed());
        assertThat(judge(policy, "+442071838750")).isEqualTo(new Judgment.Allowed());
        assertThat(refusal(policy, "+12423223300")).isEqualTo("country");
        assertThat(refusal(policy, "+4930901820")).isEqualTo("country");
        assertThat(refusal(policy, "+80012345678")).isEqualTo("country");
    }

    @Test
    void theLongerOfAnAllowedAndADeniedPrefixDecides() {
        GuardPolicy policy = GuardPolicy.STANDARD
                .toCountries("US")
                .withPrefixes(Set.of("+4930", "+1900234"), Set.of("+1425", "+49301"));
        assertThat(judge(policy, "+4930901820")).isEqualTo(new Judgment.Allowed());
        assertThat(judge(policy, "+19002345678")).isEqualTo(new Judgment.Allowed());
        assertThat(refusal(policy, "+4930123456")).isEqualTo("prefix");
        assertThat(refusal(policy, SEATTLE)).isEqualTo("prefix");
        assertThat(refusal(policy, "+4989123456")).isEqualTo("country");
    }

    @Test
    void whoAskedNotToBeCalledIsNotHoweverTheNumberIsSpelled() {
        GuardPolicy policy = GuardPolicy.STANDARD.sparing(Set.of(SEATTLE)).withPrefixes(Set.of("+1425"), Set.of());
        assertThat(refusal(policy, "+1 (425) 233-7837")).isEqualTo("do-not-call");
        assertThat(refusal(policy, "sip:0014252337837@trunk")).isEqualTo("do-not-call");
    }

    @Test
    void aNumberWaitsUntilTheOldestCallOfAFullLimitIsOutOfItsWindow() {
        GuardPolicy policy = GuardPolicy.STANDARD
                .limitedTo(new NumberLimit(1, Duration.ofMinutes(1)))
                .limitedTo(new NumberLimit(3, Duration.ofMinutes(15)));
        var guard = new DialGuard(policy);
        Destination seattle = guard.read(SEATTLE);
        List<Instant> once = List.of(NOON_UTC.minusSeconds(20));
        assertThat(guard.judge(seattle, once, NOON_UTC))
                .isEqualTo(new Judgment.Later(NOON_UTC.plusSeconds(40), "per-number limit"));
        assertThat(guard.judge(seattle, once, NOON_UTC.plusSeconds(40))).isEqualTo(new Judgment.Allowed());
        List<Instant> often =
                List.of(NOON_UTC.minusSeconds(600), NOON_UTC.minusSeconds(300), NOON_UTC.minusSeconds(120));
        assertThat(guard.judge(seattle, often, NOON_UTC))
                .isEqualTo(new Judgment.Later(NOON_UTC.plusSeconds(300), "per-number limit"));
        assertThat(guard.judge(seattle, often, NOON_UTC.plusSeconds(300))).isEqualTo(new Judgment.Allowed());
    }

    @ParameterizedTest
    @CsvSource({
        // Seattle is eight hours behind UTC in November.
        "2026-11-22T12:00:00Z, 2026-11-22T16:00:00Z",
        "2026-11-22T05:00:00Z, 2026-11-22T16:00:00Z",
        "2026-11-22T16:00:00Z, ",
        "2026-11-22T04:59:59Z, ",
    })
    void quietHoursAreThoseOfTheCallee(Instant now, Instant until) {
        GuardPolicy policy = GuardPolicy.STANDARD.quiet(new QuietHours(LocalTime.of(21, 0), LocalTime.of(8, 0)));
        var guard = new DialGuard(policy);
        Judgment expected = until == null ? new Judgment.Allowed() : new Judgment.Later(until, "quiet hours");
        assertThat(guard.judge(guard.read(SEATTLE), List.of(), now)).isEqualTo(expected);
    }

    @Test
    void aNumberThatMayBeInManyZonesWaitsForTheLast() {
        GuardPolicy policy = GuardPolicy.STANDARD.quiet(new QuietHours(LocalTime.of(21, 0), LocalTime.of(8, 0)));
        var guard = new DialGuard(policy);
        // Toll-free: anywhere in the plan, from Hawaii to Newfoundland and beyond.
        Judgment judgment = guard.judge(guard.read("+18002345678"), List.of(), NOON_UTC);
        assertThat(judgment).isNotEqualTo(new Judgment.Allowed());
    }

    @Test
    void quietHoursWithinADayEndOnThatDay() {
        var siesta = new QuietHours(LocalTime.of(12, 0), LocalTime.of(15, 0));
        GuardPolicy policy = GuardPolicy.STANDARD.quiet(siesta);
        var guard = new DialGuard(policy);
        Destination berlin = guard.read("+4930901820");
        assertThat(guard.judge(berlin, List.of(), NOON_UTC))
                .isEqualTo(new Judgment.Later(Instant.parse("2026-11-22T14:00:00Z"), "quiet hours"));
        assertThat(guard.judge(berlin, List.of(), NOON_UTC.plus(Duration.ofHours(2))))
                .isEqualTo(new Judgment.Allowed());
        assertThatThrownBy(() -> new QuietHours(LocalTime.NOON, LocalTime.NOON))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPolicyThatIsMistypedIsAClearError() {
        assertThatThrownBy(() -> GuardPolicy.STANDARD.toCountries("Germany")).hasMessageContaining("GERMANY");
        assertThatThrownBy(() -> GuardPolicy.STANDARD.sparing(Set.of("030 123")))
                .hasMessageContaining("'030 123'");
        assertThatThrownBy(() -> new NumberLimit(0, Duration.ofDays(1))).hasMessageContaining("0 calls");
    }

    private static Judgment judge(GuardPolicy policy, String target) {
        var guard = new DialGuard(policy);
        return guard.judge(guard.read(target), List.of(), NOON_UTC);
    }

    private static String refusal(GuardPolicy policy, String target) {
        return ((Judgment.Refused) judge(policy, target)).rule();
    }
}

package dev.outdial.server.dial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.guard.NumberPlan;
import dev.outdial.server.calls.Schedule.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallingHoursTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final ZoneId LOS_ANGELES = ZoneId.of("America/Los_Angeles");

    private static Instant next(String from, String to, String now, ZoneId... zones) {
        var window = new Window(LocalTime.parse(from), LocalTime.parse(to), Optional.empty());
        return CallingHours.next(window, List.of(zones), Instant.parse(now));
    }

    @Test
    void insideItsWindowACallIsDialledNow() {
        assertThat(next("09:00", "17:00", "2026-01-15T08:00:00Z", BERLIN)).isEqualTo("2026-01-15T08:00:00Z");
        assertThat(next("22:00", "06:00", "2026-01-15T23:30:00Z", BERLIN)).isEqualTo("2026-01-15T23:30:00Z");
    }

    @Test
    void outsideOfItACallWaitsForTheNextOpening() {
        assertThat(next("09:00", "17:00", "2026-01-15T07:59:00Z", BERLIN)).isEqualTo("2026-01-15T08:00:00Z");
        assertThat(next("09:00", "17:00", "2026-01-15T16:00:00Z", BERLIN)).isEqualTo("2026-01-16T08:00:00Z");
        assertThat(next("22:00", "06:00", "2026-01-15T12:00:00Z", BERLIN)).isEqualTo("2026-01-15T21:00:00Z");
    }

    @Test
    void whoMayBeInSeveralZonesIsCalledWhenAllOfThemAreOpen() {
        assertThat(next("09:00", "17:00", "2026-01-15T14:00:00Z", NEW_YORK, LOS_ANGELES))
                .isEqualTo("2026-01-15T17:00:00Z");
        assertThat(next("09:00", "17:00", "2026-01-15T22:30:00Z", NEW_YORK, LOS_ANGELES))
                .isEqualTo("2026-01-16T17:00:00Z");
    }

    @Test
    void anHourThatTheClockLeavesOutOpensWhenTheClockGoesOn() {
        assertThat(next("02:30", "05:00", "2026-03-29T00:00:00Z", BERLIN)).isEqualTo("2026-03-29T01:30:00Z");
    }

    @Test
    void anHourThatTheClockHasTwiceIsNoReasonToDialBeforeTheWindow() {
        assertThat(next("02:30", "05:00", "2026-10-25T00:10:00Z", BERLIN)).isEqualTo("2026-10-25T00:30:00Z");
        assertThat(next("02:30", "05:00", "2026-10-25T01:10:00Z", BERLIN)).isEqualTo("2026-10-25T01:30:00Z");
    }

    @Test
    void whoseZonesAreNeverOpenAtOnceIsCalledWhenMostOfThemAre() {
        ZoneId auckland = ZoneId.of("Pacific/Auckland");
        assertThat(next(
                        "09:00",
                        "12:00",
                        "2026-01-15T12:00:00Z",
                        BERLIN,
                        auckland,
                        NEW_YORK,
                        ZoneId.of("America/Lima")))
                .as("09:00 in New York and Lima")
                .isEqualTo("2026-01-15T14:00:00Z");
    }

    @Test
    void aNumberOfManyZonesIsDialledAtTheMomentThatItWaitsForAndJustAfterIt() {
        var plan = new NumberPlan(Optional.empty());
        var window = new Window(LocalTime.of(9, 0), LocalTime.of(18, 0), Optional.empty());
        for (String number : List.of("+79161234567", "+77012345678", "+18005550123", "+12125550123")) {
            List<ZoneId> zones = plan.zones(plan.read(number));
            for (int hour = 0; hour < 24 * 400; hour += 37) {
                Instant asked = Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofHours(hour));
                Instant when = CallingHours.next(window, zones, asked);
                assertThat(when).as("%s at %s", number, asked).isBetween(asked, asked.plus(Duration.ofDays(2)));
                assertThat(CallingHours.next(window, zones, when))
                        .as("%s at %s", number, asked)
                        .isEqualTo(when);
                Instant late = when.plusMillis(700);
                assertThat(CallingHours.next(window, zones, late))
                        .as("%s at %s", number, asked)
                        .isEqualTo(late);
            }
        }
    }
}

package dev.outdial.dialer.guard;

import dev.outdial.dialer.guard.Destination.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Judges whether a target may be dialled now. Pure: what was dialled before is an argument. Where something is not known, it refuses.
 * <b>Threading:</b> any.
 */
public final class DialGuard {
    private static final Judgment ALLOWED = new Judgment.Allowed();

    private final GuardPolicy policy;
    private final NumberPlan plan;

    /** A guard that keeps to a policy. */
    public DialGuard(GuardPolicy policy) {
        this.policy = policy;
        this.plan = new NumberPlan(policy.home());
    }

    /** What a target is. */
    public Destination read(String target) {
        return plan.read(target);
    }

    /**
     * Judges a target.
     *
     * @param destination what it is
     * @param dialled when the same number was dialled before, as far back as the longest limit goes
     */
    public Judgment judge(Destination destination, List<Instant> dialled, Instant now) {
        if (destination.kind() == Kind.EMERGENCY) {
            return refused("emergency", "emergency numbers are never dialled by a program");
        }
        if (destination.e164().filter(policy.doNotCall()::contains).isPresent()) {
            return refused("do-not-call", "the number asked not to be called");
        }
        if (destination.e164().isPresent()) {
            Judgment place = place(destination, destination.e164().get());
            if (!place.equals(ALLOWED)) {
                return place;
            }
        } else if (!policy.kinds().contains(destination.kind())) {
            return ofKind(destination.kind());
        }
        Judgment often = often(policy.limits(), dialled, now);
        return often.equals(ALLOWED) ? quiet(destination, now) : often;
    }

    private Judgment place(Destination destination, String number) {
        int allowed = longest(policy.allowed(), number);
        int denied = longest(policy.denied(), number);
        if (denied > 0 && denied >= allowed) {
            return refused("prefix", "numbers that begin with " + number.substring(0, denied) + " are not dialled");
        }
        if (allowed > 0) {
            return ALLOWED;
        }
        if (!policy.kinds().contains(destination.kind())) {
            return ofKind(destination.kind());
        }
        Set<String> countries = policy.countries();
        if (!countries.isEmpty()
                && destination.country().filter(countries::contains).isEmpty()) {
            return refused("country", "numbers of " + destination.country().orElse("no country") + " are not dialled");
        }
        return ALLOWED;
    }

    private static int longest(Set<String> prefixes, String number) {
        return prefixes.stream()
                .filter(number::startsWith)
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    private static Judgment ofKind(Kind kind) {
        String words = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return refused(
                words,
                switch (kind) {
                    case UNASSIGNED -> "the number is assigned to nobody";
                    case NATIONAL ->
                        "a number without a country cannot be judged: write it as +49..., or say whose numbers are dialled";
                    default -> words + " numbers are not dialled";
                });
    }

    /**
     * Judges how often a number is dialled, and nothing else. Each limit lets go when the oldest of the calls that fill it falls out of its
     * window.
     *
     * @param dialled when it was dialled before, in any order
     */
    public static Judgment often(List<NumberLimit> limits, List<Instant> dialled, Instant now) {
        Instant when = now;
        for (NumberLimit limit : limits) {
            Instant since = now.minus(limit.within());
            List<Instant> within = dialled.stream()
                    .filter(time -> time.isAfter(since))
                    .sorted()
                    .toList();
            if (within.size() >= limit.calls()) {
                Instant free = within.get(within.size() - limit.calls()).plus(limit.within());
                when = free.isAfter(when) ? free : when;
            }
        }
        return when.equals(now) ? ALLOWED : new Judgment.Later(when, "per-number limit");
    }

    /** In every zone in which the number may be: who may be asleep is. */
    private Judgment quiet(Destination destination, Instant now) {
        if (policy.quietHours().isEmpty() || destination.e164().isEmpty()) {
            return ALLOWED;
        }
        var zones = plan.zones(destination);
        if (zones.isEmpty()) {
            return refused("quiet hours", "nobody knows what time it is where the number is");
        }
        Instant when = now;
        // Two zones' quiet hours may follow one another: it ends when a whole round changes nothing.
        for (Instant before = Instant.MIN; !before.equals(when); ) {
            before = when;
            for (var zone : zones) {
                when = policy.quietHours().get().end(when, zone);
            }
            if (when.isAfter(now.plus(java.time.Duration.ofDays(2)))) {
                return refused("quiet hours", "it is always quiet in one of the time zones of the number");
            }
        }
        return when.equals(now) ? ALLOWED : new Judgment.Later(when, "quiet hours");
    }

    private static Judgment refused(String rule, String why) {
        return new Judgment.Refused(rule, why);
    }
}

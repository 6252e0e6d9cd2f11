package dev.outdial.dialer.guard;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who may be dialled, how often and when. Numbers are compared with their country code, {@code +} first; prefixes too.
 *
 * @param home ISO code of the country whose national numbers are dialled; where empty, only numbers with {@code +} or {@code 00}
 *     can be judged, shorter ones than seven digits are extensions of the trunk's own, and others are refused
 * @param countries ISO codes of the countries that may be dialled; empty for all
 * @param allowed prefixes that may be dialled whatever else is said here, but for emergency numbers and those that asked not to be
 *     called
 * @param denied prefixes that may not be dialled, and win over {@code allowed} where they are longer
 * @param kinds the sorts of targets that may be dialled
 * @param doNotCall numbers that asked not to be called
 * @param limits how often one number may be dialled
 * @param quietHours when nobody is called
 */
public record GuardPolicy(
        Optional<String> home,
        Set<String> countries,
        Set<String> allowed,
        Set<String> denied,
        Set<Destination.Kind> kinds,
        Set<String> doNotCall,
        List<NumberLimit> limits,
        Optional<QuietHours> quietHours) {

    /** Telephones and extensions; no premium, shared-cost, satellite, personal, unassigned or emergency numbers. */
    public static final GuardPolicy STANDARD = new GuardPolicy(
            Optional.empty(),
            Set.of(),
            Set.of(),
            Set.of(),
            EnumSet.of(Destination.Kind.ORDINARY, Destination.Kind.INTERNAL),
            Set.of(),
            List.of(),
            Optional.empty());

    /** Numbers that are assigned to nobody, and national ones, too: for a bench, whose numbers are made up. */
    public static final GuardPolicy BENCH = STANDARD.onBench();

    public GuardPolicy {
        countries =
                countries.stream().map(code -> code.toUpperCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        allowed = prefixes(allowed);
        denied = prefixes(denied);
        kinds = Set.copyOf(kinds);
        doNotCall = prefixes(doNotCall);
        limits = List.copyOf(limits);
        if (kinds.contains(Destination.Kind.EMERGENCY)) {
            throw new IllegalArgumentException("emergency numbers are never dialled");
        }
        // A country that does not exist is found out here.
        var unused = new NumberPlan(home);
        for (String code : countries) {
            var unusedToo = new NumberPlan(Optional.of(code));
        }
    }

    private static Set<String> prefixes(Set<String> numbers) {
        for (String number : numbers) {
            if (!number.matches("\\+[0-9]+")) {
                throw new IllegalArgumentException(
                        "'" + number + "': a number with its country code, as +4930, is expected");
            }
        }
        return Set.copyOf(numbers);
    }

    /** The same, where national numbers are those of that country. */
    public GuardPolicy at(String country) {
        return new GuardPolicy(Optional.of(country), countries, allowed, denied, kinds, doNotCall, limits, quietHours);
    }

    /** The same, for those countries only. */
    public GuardPolicy toCountries(String... codes) {
        return new GuardPolicy(home, Set.of(codes), allowed, denied, kinds, doNotCall, limits, quietHours);
    }

    /** The same, with other prefixes that are allowed and denied. */
    public GuardPolicy withPrefixes(Set<String> others, Set<String> not) {
        return new GuardPolicy(home, countries, others, not, kinds, doNotCall, limits, quietHours);
    }

    /** The same, for another sort of numbers too. */
    public GuardPolicy allowingToo(Destination.Kind kind) {
        Set<Destination.Kind> more =
                Stream.concat(kinds.stream(), Stream.of(kind)).collect(Collectors.toSet());
        return new GuardPolicy(home, countries, allowed, denied, more, doNotCall, limits, quietHours);
    }

    /** The same for a trunk whose numbers may be made up. */
    public GuardPolicy onBench() {
        return allowingToo(Destination.Kind.UNASSIGNED).allowingToo(Destination.Kind.NATIONAL);
    }

    /** The same, with those who asked not to be called. */
    public GuardPolicy sparing(Set<String> numbers) {
        return new GuardPolicy(home, countries, allowed, denied, kinds, numbers, limits, quietHours);
    }

    /** The same, with one limit more. */
    public GuardPolicy limitedTo(NumberLimit limit) {
        List<NumberLimit> more = new ArrayList<>(limits);
        more.add(limit);
        return new GuardPolicy(home, countries, allowed, denied, kinds, doNotCall, more, quietHours);
    }

    /** The same, with quiet hours. */
    public GuardPolicy quiet(QuietHours hours) {
        return new GuardPolicy(home, countries, allowed, denied, kinds, doNotCall, limits, Optional.of(hours));
    }
}

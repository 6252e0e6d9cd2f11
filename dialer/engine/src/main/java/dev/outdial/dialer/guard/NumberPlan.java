package dev.outdial.dialer.guard;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberToTimeZonesMapper;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import com.google.i18n.phonenumbers.ShortNumberInfo;
import dev.outdial.dialer.guard.Destination.Kind;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads targets by the numbering plans of the world. <b>Threading:</b> any. */
public final class NumberPlan {
    /** What networks take for an emergency call whatever the country; a country has its own beside them. */
    private static final Set<String> EMERGENCY = Set.of("112", "911", "999", "000");
    /** Inmarsat, Iridium and the like (+870, +881), and networks of no country (+882, +883). */
    private static final Set<Integer> SATELLITE = Set.of(870, 881, 882, 883);
    /** International premium rate. */
    private static final int INTERNATIONAL_PREMIUM = 979;
    /** International shared cost and universal personal numbers. */
    private static final int INTERNATIONAL_SHARED_COST = 808;

    private static final int UNIVERSAL_PERSONAL = 878;
    private static final String UNKNOWN_ZONE = "Etc/Unknown";
    private static final int SHORTEST_PUBLIC = 7;

    private final PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    private final ShortNumberInfo shortNumbers = ShortNumberInfo.getInstance();
    private final Optional<String> home;

    /**
     * @param home ISO code of the country whose national numbers are dialled; where empty, only numbers with {@code +} or
     *     {@code 00} are taken for public ones
     * @throws IllegalArgumentException if there is no such country
     */
    public NumberPlan(Optional<String> home) {
        this.home = home.map(code -> code.toUpperCase(Locale.ROOT));
        this.home.ifPresent(code -> {
            if (!numbers.getSupportedRegions().contains(code)) {
                throw new IllegalArgumentException("country '" + code + "': an ISO code such as DE or US is expected");
            }
        });
    }

    /** Reads a target: a number in any spelling, an extension, or a SIP URI, whose user part is read. */
    public Destination read(String target) {
        String user = user(target);
        String digits = user.replaceAll("[\\s().\\-/]", "");
        if (isEmergency(digits)) {
            return new Destination(Kind.EMERGENCY, Optional.empty(), home);
        }
        Optional<PhoneNumber> number = parse(digits);
        return number.map(this::judge).orElseGet(() -> {
            boolean meant = digits.startsWith("+") || digits.startsWith("00");
            return new Destination(meant ? Kind.UNASSIGNED : Kind.INTERNAL, Optional.empty(), Optional.empty());
        });
    }

    /** The time zones in which a number may be, none where nobody knows. */
    public List<ZoneId> zones(Destination destination) {
        Optional<PhoneNumber> number = destination.e164().flatMap(this::parse);
        List<ZoneId> zones = new ArrayList<>();
        if (number.isPresent()) {
            for (String name : PhoneNumberToTimeZonesMapper.getInstance().getTimeZonesForNumber(number.get())) {
                zone(name).ifPresent(zones::add);
            }
        }
        return zones;
    }

    private static Optional<ZoneId> zone(String name) {
        try {
            return name.equals(UNKNOWN_ZONE) ? Optional.empty() : Optional.of(ZoneId.of(name));
        } catch (DateTimeException unknownHere) {
            return Optional.empty();
        }
    }

    private static String user(String target) {
        String lower = target.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("sip:") && !lower.startsWith("sips:") && !lower.startsWith("tel:")) {
            return target;
        }
        String rest = target.substring(target.indexOf(':') + 1);
        int end = rest.indexOf('@');
        String user = end < 0 ? rest : rest.substring(0, end);
        int parameters = user.indexOf(';');
        return parameters < 0 ? user : user.substring(0, parameters);
    }

    private boolean isEmergency(String digits) {
        String bare = digits.startsWith("+") ? digits.substring(1) : digits;
        return EMERGENCY.contains(bare)
                || home.isPresent() && !digits.startsWith("+") && shortNumbers.isEmergencyNumber(bare, home.get());
    }

    private Optional<PhoneNumber> parse(String digits) {
        String international = digits.startsWith("00") ? "+" + digits.substring(2) : digits;
        if (!international.matches("\\+?[0-9]{2,18}")) {
            return Optional.empty();
        }
        boolean isNational = !international.startsWith("+");
        if (isNational && (home.isEmpty() || digits.length() < SHORTEST_PUBLIC)) {
            return Optional.empty();
        }
        try {
            return Optional.of(numbers.parse(international, home.orElse(null)));
        } catch (NumberParseException none) {
            return Optional.empty();
        }
    }

    private Destination judge(PhoneNumber number) {
        Optional<String> e164 = Optional.of(numbers.format(number, PhoneNumberFormat.E164));
        Optional<String> country =
                Optional.ofNullable(numbers.getRegionCodeForNumber(number)).filter(code -> code.length() == 2);
        return new Destination(kind(number), e164, country);
    }

    private Kind kind(PhoneNumber number) {
        int code = number.getCountryCode();
        if (SATELLITE.contains(code)) {
            return Kind.SATELLITE;
        }
        if (code == INTERNATIONAL_PREMIUM) {
            return Kind.PREMIUM;
        }
        if (code == INTERNATIONAL_SHARED_COST) {
            return Kind.SHARED_COST;
        }
        if (code == UNIVERSAL_PERSONAL) {
            return Kind.PERSONAL;
        }
        return switch (numbers.getNumberType(number)) {
            case PREMIUM_RATE -> Kind.PREMIUM;
            case SHARED_COST -> Kind.SHARED_COST;
            case PERSONAL_NUMBER, UAN -> Kind.PERSONAL;
            case FIXED_LINE, MOBILE, FIXED_LINE_OR_MOBILE, TOLL_FREE, VOIP, PAGER, VOICEMAIL -> Kind.ORDINARY;
            case UNKNOWN -> Kind.UNASSIGNED;
        };
    }
}

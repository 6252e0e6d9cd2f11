package dev.outdial.dialer.guard;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberToTimeZonesMapper;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import com.google.i18n.phonenumbers.ShortNumberInfo;
import dev.outdial.dialer.guard.Destination.Kind;
import dev.outdial.sip.message.SipUri;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    private static final Pattern SPACING = Pattern.compile("[\\s().\\-/]");
    private static final Pattern KEYS = Pattern.compile("[0-9+*#]+");
    private static final Pattern SERVICE_KEYS = Pattern.compile("[*#]");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{2,18}");
    private static final Pattern CONTEXT = Pattern.compile(";phone-context=(\\+[0-9]+)", Pattern.CASE_INSENSITIVE);

    private final PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    private final ShortNumberInfo shortNumbers = ShortNumberInfo.getInstance();
    private final Optional<String> home;

    /**
     * @param home ISO code of the country whose national numbers are dialled; where empty, only numbers with {@code +} or
     *     {@code 00} can be judged
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

    /** Reads a target as it is dialled: a number in any spelling, an extension, or a SIP URI, whose user part is read. */
    public Destination read(String target) {
        String digits = SPACING.matcher(user(target)).replaceAll("");
        // What is dialled before or after a number, to withhold one's own or to hurry the exchange, changes nothing of
        // whom it reaches.
        String bare =
                KEYS.matcher(digits).matches() ? SERVICE_KEYS.matcher(digits).replaceAll("") : digits;
        if (isEmergency(bare)) {
            return new Destination(Kind.EMERGENCY, Optional.empty(), home);
        }
        return parse(bare)
                .map(this::judge)
                .orElseGet(() -> new Destination(unread(bare), Optional.empty(), Optional.empty()));
    }

    private Kind unread(String digits) {
        if (digits.startsWith("+") || digits.startsWith("00")) {
            return Kind.UNASSIGNED;
        }
        boolean isLong = DIGITS.matcher(digits).matches() && digits.length() >= SHORTEST_PUBLIC;
        if (!isLong) {
            return Kind.INTERNAL;
        }
        return home.isPresent() ? Kind.UNASSIGNED : Kind.NATIONAL;
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

    /** The user part, free of escapes and parameters; a context that is a country or area comes before it (RFC 3966 section 5.1.5). */
    private static String user(String target) {
        String typed = target.strip();
        String lower = typed.toLowerCase(Locale.ROOT);
        String user = typed;
        if (lower.startsWith("sip:") || lower.startsWith("sips:")) {
            user = SipUri.parse(typed).user().orElse("");
        } else if (lower.startsWith("tel:")) {
            user = typed.substring("tel:".length());
        }
        int end = user.indexOf(';');
        String number = end < 0 ? user : user.substring(0, end);
        Matcher context = CONTEXT.matcher(end < 0 ? "" : user.substring(end));
        return context.find() && !number.startsWith("+") ? context.group(1) + number : number;
    }

    private boolean isEmergency(String digits) {
        String bare = digits.startsWith("+") ? digits.substring(1) : digits;
        return EMERGENCY.contains(bare)
                || home.isPresent() && !digits.startsWith("+") && shortNumbers.isEmergencyNumber(bare, home.get());
    }

    private Optional<PhoneNumber> parse(String digits) {
        String international = digits.startsWith("00") ? "+" + digits.substring(2) : digits;
        if (!NUMBER.matcher(international).matches()) {
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

package dev.outdial.server.facade.neutrino;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.ImmediateCalls;
import dev.outdial.server.calls.NumberReading;
import dev.outdial.server.calls.Services;
import dev.outdial.server.facade.Client;
import dev.outdial.server.http.json.JsonText;
import java.util.Currency;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Optional;

/** Says what a number is, and calls nobody. <b>Threading:</b> any. */
final class PhoneValidate implements Endpoint {
    private final ImmediateCalls calls;

    PhoneValidate(Services services) {
        calls = services.immediate();
    }

    @Override
    public ObjectNode answer(Client client, Parameters parameters) throws Refusal {
        String number = parameters.required("number");
        NumberReading reading =
                calls.read(number, parameters.text("country-code").orElse("").strip());
        return answer(reading);
    }

    /** Pure. */
    static ObjectNode answer(NumberReading reading) {
        Locale country = Locale.of("", reading.country());
        String name = country.getDisplayCountry(Locale.ENGLISH);
        return JsonText.MAPPER
                .createObjectNode()
                .put("valid", reading.valid())
                .put("type", reading.type())
                .put("is-mobile", reading.type().equals("mobile"))
                .put("country", name)
                .put("location", name)
                .put("country-code", reading.country())
                .put("country-code3", code3(country))
                .put("currency-code", currency(country))
                .put("international-calling-code", reading.callingCode())
                .put("international-number", reading.e164())
                .put("local-number", reading.national())
                .put("prefix-network", "");
    }

    private static String code3(Locale country) {
        try {
            return country.getISO3Country();
        } catch (MissingResourceException none) {
            return "";
        }
    }

    private static String currency(Locale country) {
        try {
            return Optional.ofNullable(Currency.getInstance(country))
                    .map(Currency::getCurrencyCode)
                    .orElse("");
        } catch (IllegalArgumentException none) {
            return "";
        }
    }
}

package dev.outdial.server.facade.neutrino;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.CallPlan;
import dev.outdial.server.calls.ImmediateCalls;
import dev.outdial.server.calls.NumberReading;
import dev.outdial.server.calls.Services;
import dev.outdial.server.calls.SoundCheck;
import dev.outdial.server.facade.Client;
import dev.outdial.server.http.json.JsonText;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** Calls a number and tells it a code. <b>Threading:</b> any; waits until the code is spoken. */
final class PhoneVerify implements Endpoint {
    private static final int TIMES = 3;
    private static final int LONGEST_DELAY_MILLIS = 60_000;

    private final ImmediateCalls calls;
    private final SoundCheck sounds;
    private final Placer placer;
    private final SecurityCodes codes;
    private final IntFunction<String> dice;

    /** A language in which codes are told. @param tag as voices are known by @param words what comes before the code */
    private record Language(String tag, String words) {}

    private static final Map<String, Language> LANGUAGES = Map.of(
            "de", new Language("de-DE", "Ihr Sicherheitscode lautet: "),
            "en", new Language("en-US", "Your security code is: "),
            "es", new Language("es-ES", "Su código de seguridad es: "),
            "fr", new Language("fr-FR", "Votre code de sécurité est : "),
            "it", new Language("it-IT", "Il suo codice di sicurezza è: "),
            "pt", new Language("pt-PT", "O seu código de segurança é: "),
            "ru", new Language("ru-RU", "Ваш код безопасности: "));

    /** @param dice so many random digits */
    PhoneVerify(Services services, SecurityCodes codes, IntFunction<String> dice) {
        calls = services.immediate();
        sounds = services.sounds();
        placer = new Placer(services);
        this.codes = codes;
        this.dice = dice;
    }

    /**
     * What is asked for.
     *
     * @param country whose national numbers are read; empty for none
     * @param text what is said, each time
     * @param delayMillis between one time and the next
     */
    record Wish(
            String number,
            String country,
            String code,
            String language,
            String text,
            int delayMillis,
            Placer.Limit limit) {
        static Wish of(Parameters parameters, IntFunction<String> dice) throws Refusal {
            String number = parameters.required("number");
            String name = parameters.text("language-code").orElse("en").strip();
            Optional<Language> language = Optional.ofNullable(LANGUAGES.get(name));
            if (language.isEmpty()) {
                throw Refusal.parameter(
                        "language-code",
                        "string",
                        "must be one of " + LANGUAGES.keySet().stream().sorted().toList());
            }
            int length = parameters.integer("code-length", 4, 12, 6);
            String code = parameters.text("security-code").map(String::strip).orElseGet(() -> dice.apply(length));
            if (!code.matches("[0-9]{4,12}")) {
                throw Refusal.parameter("security-code", "string", "must be 4 to 12 digits");
            }
            return new Wish(
                    number,
                    parameters.text("country-code").orElse("").strip(),
                    code,
                    language.get().tag(),
                    language.get().words() + String.join(", ", code.split("")) + ".",
                    parameters.integer("playback-delay", 0, LONGEST_DELAY_MILLIS, 800),
                    Placer.Limit.of(parameters));
        }

        /** The words several times, with silence between. */
        String actions() {
            ArrayNode actions = JsonText.MAPPER.createArrayNode();
            for (int i = 0; i < TIMES; i++) {
                if (i > 0)
                    actions.addObject().put("type", "sleep").putObject("option").put("duration", delayMillis);
                actions.addObject()
                        .put("type", "talk")
                        .putObject("option")
                        .put("text", text)
                        .put("language", language);
            }
            return JsonText.write(actions);
        }

        /** Without the code. */
        @Override
        public String toString() {
            return "a code for a number";
        }
    }

    @Override
    public ObjectNode answer(Client client, Parameters parameters) throws Refusal {
        Wish wish = Wish.of(parameters, dice);
        NumberReading number = calls.read(wish.number(), wish.country());
        boolean calling = number.valid()
                && placer.isPlaced(
                        client,
                        "phone-verify",
                        Placer.call(number.e164(), new CallPlan.InlineFlow(wish.actions())),
                        wish.limit(),
                        () -> sounds.objectionToWords(wish.text(), wish.language()));
        if (calling) codes.told(client, wish.code());
        return JsonText.MAPPER
                .createObjectNode()
                .put("calling", calling)
                .put("number-valid", number.valid())
                .put("security-code", wish.code());
    }

    @Override
    public boolean placesCalls() {
        return true;
    }
}

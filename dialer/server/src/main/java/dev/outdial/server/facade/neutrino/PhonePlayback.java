package dev.outdial.server.facade.neutrino;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.Address;
import dev.outdial.server.calls.CallPlan;
import dev.outdial.server.calls.CounterService;
import dev.outdial.server.calls.CounterService.Counted;
import dev.outdial.server.calls.ImmediateCalls;
import dev.outdial.server.calls.ImmediateCalls.Placing;
import dev.outdial.server.calls.NewCall;
import dev.outdial.server.calls.NumberReading;
import dev.outdial.server.calls.Schedule;
import dev.outdial.server.calls.Services;
import dev.outdial.server.calls.SoundCheck;
import dev.outdial.server.facade.Client;
import dev.outdial.server.http.json.JsonText;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Calls a number and has a sound file heard. <b>Threading:</b> any; waits until the file is brought. */
final class PhonePlayback implements Endpoint {
    private static final Duration RING = Duration.ofSeconds(60);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST_CALLS = 1_000_000;
    private static final int MOST_DAYS = 365;

    private final ImmediateCalls calls;
    private final CounterService counters;
    private final SoundCheck sounds;

    PhonePlayback(Services services) {
        calls = services.immediate();
        counters = services.counters();
        sounds = services.sounds();
    }

    /**
     * What is asked for.
     *
     * @param limit how many calls to the number
     * @param days for how long they are remembered
     */
    record Wish(String number, String audioUrl, int limit, int days) {
        static Wish of(Parameters parameters) throws Refusal {
            return new Wish(
                    parameters.required("number"),
                    url(parameters.required("audio-url").strip()),
                    parameters.integer("limit", 1, MOST_CALLS, 3),
                    parameters.integer("limit-ttl", 1, MOST_DAYS, 1));
        }

        private static String url(String text) throws Refusal {
            try {
                URI uri = new URI(text);
                String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
                boolean isWeb = scheme.equals("http") || scheme.equals("https");
                if (isWeb && uri.getHost() != null) return text;
            } catch (URISyntaxException misspelt) {
                throw new Refusal(ApiError.INVALID_URL);
            }
            throw new Refusal(ApiError.INVALID_URL);
        }

        NewCall call(String e164) {
            return new NewCall(
                    NeutrinoFacade.NAME,
                    Optional.empty(),
                    new Address(Address.Type.TEL, e164, ""),
                    Optional.empty(),
                    new CallPlan.Play(List.of(audioUrl)),
                    RING,
                    LONGEST,
                    Schedule.NOW,
                    Optional.empty(),
                    "",
                    "",
                    Map.of(),
                    Map.of(),
                    false,
                    false,
                    false,
                    Optional.empty(),
                    Optional.empty());
        }
    }

    @Override
    public ObjectNode answer(Client client, Parameters parameters) throws Refusal {
        Wish wish = Wish.of(parameters);
        NumberReading number = calls.read(wish.number());
        if (!number.valid()) return said(false, false);
        String counter = NeutrinoFacade.NAME + " phone-playback " + client.name() + " " + number.e164();
        Duration remembered = Duration.ofDays(wish.days());
        // Looked at first, so that nothing is fetched for a call that is not placed.
        if (counters.isReached(client.account(), counter, wish.limit(), remembered)) {
            throw new Refusal(ApiError.NUMBER_LIMITED);
        }
        Optional<String> objection = sounds.objection(client.account(), wish.audioUrl());
        if (objection.isPresent()) throw new Refusal(ApiError.NO_AUDIO, objection.get());
        Optional<Counted> counted = counters.count(client.account(), counter, wish.limit(), remembered);
        if (counted.isEmpty()) throw new Refusal(ApiError.NUMBER_LIMITED);
        return said(isPlaced(client, wish.call(number.e164()), counted.get()), true);
    }

    /** A call that is not placed is not counted. */
    private boolean isPlaced(Client client, NewCall call, Counted counted) throws Refusal {
        boolean isPlaced = false;
        try {
            isPlaced = switch (calls.place(client.account(), call)) {
                case Placing.Placed placed -> true;
                case Placing.Forbidden forbidden -> false;
                case Placing.InProgress inProgress -> throw new Refusal(ApiError.CALL_IN_PROGRESS);
                case Placing.NoChannel noChannel -> throw new Refusal(ApiError.TOO_MANY_CALLS);
            };
            return isPlaced;
        } finally {
            if (!isPlaced) counters.undo(counted);
        }
    }

    private static ObjectNode said(boolean calling, boolean numberValid) {
        return JsonText.MAPPER.createObjectNode().put("calling", calling).put("number-valid", numberValid);
    }
}

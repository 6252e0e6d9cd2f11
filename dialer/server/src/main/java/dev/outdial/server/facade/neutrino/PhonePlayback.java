package dev.outdial.server.facade.neutrino;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.CallPlan;
import dev.outdial.server.calls.ImmediateCalls;
import dev.outdial.server.calls.NewCall;
import dev.outdial.server.calls.NumberReading;
import dev.outdial.server.calls.Services;
import dev.outdial.server.calls.SoundCheck;
import dev.outdial.server.facade.Client;
import dev.outdial.server.http.json.JsonText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/** Calls a number and has a sound file heard. <b>Threading:</b> any; waits until the file is brought. */
final class PhonePlayback implements Endpoint {
    private final ImmediateCalls calls;
    private final SoundCheck sounds;
    private final Placer placer;

    PhonePlayback(Services services) {
        calls = services.immediate();
        sounds = services.sounds();
        placer = new Placer(services);
    }

    /** What is asked for. */
    record Wish(String number, String audioUrl, Placer.Limit limit) {
        static Wish of(Parameters parameters) throws Refusal {
            return new Wish(
                    parameters.required("number"),
                    url(parameters.required("audio-url").strip()),
                    Placer.Limit.of(parameters));
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

        /** The file once, and then the end. */
        NewCall call(String e164) {
            return Placer.call(e164, new CallPlan.Play(List.of(audioUrl)));
        }
    }

    @Override
    public ObjectNode answer(Client client, Parameters parameters) throws Refusal {
        Wish wish = Wish.of(parameters);
        NumberReading number = calls.read(wish.number(), "");
        boolean calling = number.valid()
                && placer.isPlaced(
                        client,
                        "phone-playback",
                        wish.call(number.e164()),
                        wish.limit(),
                        () -> sounds.objection(client.account(), wish.audioUrl()));
        return JsonText.MAPPER.createObjectNode().put("calling", calling).put("number-valid", number.valid());
    }

    @Override
    public boolean placesCalls() {
        return true;
    }
}

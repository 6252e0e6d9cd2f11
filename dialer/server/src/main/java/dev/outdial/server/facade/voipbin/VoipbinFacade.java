package dev.outdial.server.facade.voipbin;

import dev.outdial.server.calls.Services;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Asked;
import dev.outdial.server.facade.Clients;
import dev.outdial.server.facade.Facade;
import dev.outdial.server.facade.FacadeOptions;
import dev.outdial.server.facade.Place;
import dev.outdial.server.facade.Trouble;
import dev.outdial.server.facade.voipbin.Refusal.Status;
import java.time.InstantSource;
import java.util.List;

/**
 * VoIPBin's API: {@code /auth/login} and {@code /v1.0/...} for calls, groups of calls, flows, numbers, access keys, recordings and running flows;
 * docs/compat.md says what of it. <b>Threading:</b> any.
 */
public final class VoipbinFacade implements Facade {
    /** Its name, and the origin of its calls. */
    public static final String NAME = "voipbin";

    private final List<Place> places;

    /** @param clock by which keys end */
    public VoipbinFacade(Services services, FacadeOptions options, Clients clients, InstantSource clock) {
        var settings = Settings.of(options);
        var views = new Views(settings.times());
        var gate = new Gate(clients, services.keys(), clock);
        var desk = new Desk(gate);
        var newCalls = new NewCalls(services.flows(), services.numbers(), settings);
        var looks = new CallLooks(services.calls(), services.recordings(), views);
        new KeyPlaces(services.keys(), clients, gate, clock, views).on(desk);
        new CallPlaces(services.calls(), newCalls, looks, settings).on(desk);
        new ControlPlaces(services.calls(), looks, settings).on(desk);
        new GroupPlaces(services.groupcalls(), services.calls(), newCalls, views).on(desk);
        new FlowPlaces(services.flows(), services.calls(), views).on(desk);
        new NumberPlaces(services.numbers(), services.flows(), views).on(desk);
        new OtherPlaces(services.calls(), services.recordings(), services.trunks(), settings, views).on(desk);
        places = desk.places();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Place> places() {
        return places;
    }

    @Override
    public List<String> roots() {
        return List.of(Desk.BASE + "/", "/auth/login");
    }

    @Override
    public Answer refused(Trouble trouble, Asked asked) {
        Refusal refusal = switch (trouble) {
            case NO_SUCH_PLACE -> new Refusal(Status.NOT_FOUND, "RESOURCE_NOT_FOUND", "nothing is served at this path");
            case OTHER_METHOD ->
                new Refusal(Status.METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", "this path does not take that method");
            case BODY_REFUSED ->
                new Refusal(Status.INVALID_ARGUMENT, "INVALID_JSON_BODY", "the body is too long or came too slowly");
            case DRAINING -> new Refusal(Status.UNAVAILABLE, "UNAVAILABLE", "the server is about to stop");
            case TOO_MANY_GUESSES ->
                new Refusal(Status.RESOURCE_EXHAUSTED, "RATE_LIMIT_EXCEEDED", "too many wrong credentials");
            case BROKEN -> new Refusal(Status.INTERNAL, "INTERNAL", "it could not be done; the log says more");
        };
        return refusal.answer(asked.requestId());
    }
}

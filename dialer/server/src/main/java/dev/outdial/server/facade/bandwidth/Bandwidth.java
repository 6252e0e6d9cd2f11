package dev.outdial.server.facade.bandwidth;

import dev.outdial.server.calls.Services;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Asked;
import dev.outdial.server.facade.Clients;
import dev.outdial.server.facade.Facade;
import dev.outdial.server.facade.FacadeOptions;
import dev.outdial.server.facade.Place;
import dev.outdial.server.facade.Trouble;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** Bandwidth's Catapult v1 voice API on our own calls: who changes the base address of its clients alone goes on working. */
public final class Bandwidth implements Facade {
    /** Its name in the configuration, and the origin of its calls. */
    public static final String NAME = "bandwidth";

    private final List<Place> places;

    private Bandwidth(List<Place> places) {
        this.places = places;
    }

    /** @throws IllegalArgumentException where a setting of its own makes no sense */
    public static Bandwidth of(Services services, FacadeOptions options, Clients clients) {
        var frame = new Frame(clients, new Limits(options, System::nanoTime, InstantSource.system()));
        return new Bandwidth(Stream.of(
                        new CallPlaces(frame, services.calls(), new OwnNumbers(services.numbers())).places(),
                        new GatherPlaces(frame, services.calls()).places(),
                        new RecordingPlaces(frame, services.calls(), services.recordings()).places(),
                        new MediaPlaces(frame, services.media(), services.recordings()).places(),
                        new BridgePlaces(frame, services.bridges(), services.calls()).places(),
                        new ApplicationPlaces(frame, services.applications()).places(),
                        new NumberPlaces(frame, services.numbers(), services.applications()).places())
                .flatMap(List::stream)
                .toList());
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
        return List.of("/v1/users/");
    }

    @Override
    public Answer refused(Trouble trouble, Asked asked) {
        return Frame.refused(trouble, asked);
    }
}

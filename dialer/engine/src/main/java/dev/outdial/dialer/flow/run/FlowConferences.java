package dev.outdial.dialer.flow.run;

import dev.outdial.dialer.Call;
import dev.outdial.dialer.Conference;
import dev.outdial.dialer.flow.machine.FlowEvent.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The conferences that flows take part in, by the names that the flows give them: all who name the same one hear each other. There is one while somebody is in it,
 * and twenty calls may be. <b>Threading:</b> any.
 */
public final class FlowConferences {
    private final Map<String, Room> rooms = new LinkedHashMap<>();

    /** @param seats who takes part; completed when he is to leave */
    private record Room(Conference conference, Map<Call, CompletableFuture<Void>> seats) {}

    FlowConferences() {}

    /** The ids of the calls in each conference, by its name; the first who came first. */
    public synchronized Map<String, List<String>> list() {
        var all = new LinkedHashMap<String, List<String>>();
        rooms.forEach((id, room) ->
                all.put(id, room.seats().keySet().stream().map(Call::id).toList()));
        return all;
    }

    /**
     * Has a call leave its conference: its flow goes on.
     *
     * @return false where it is in none
     */
    public synchronized boolean kick(String callId) {
        boolean any = false;
        for (Room room : rooms.values()) {
            for (Map.Entry<Call, CompletableFuture<Void>> seat : room.seats().entrySet()) {
                if (seat.getKey().id().equals(callId)) any |= seat.getValue().complete(null);
            }
        }
        return any;
    }

    /**
     * Has all calls leave a conference: their flows go on.
     *
     * @return false where there is none of that name
     */
    public synchronized boolean end(String conferenceId) {
        // Who comes from now on begins another.
        Room room = rooms.remove(conferenceId);
        if (room == null) return false;
        room.conference().close();
        room.seats().values().forEach(seat -> seat.complete(null));
        return true;
    }

    /** Takes part until somebody has the call leave, or it ends. Blocks. */
    Result join(FlowLine line, String conferenceId) throws InterruptedException {
        if (conferenceId.isBlank()) return new Result.Failed("the conference to join has no name");
        var seat = new CompletableFuture<Void>();
        Room room;
        try {
            room = enter(line, conferenceId, seat);
        } catch (IllegalStateException full) {
            return new Result.Failed("conference " + conferenceId + ": " + full.getMessage());
        }
        try {
            line.answer().run(); // whoever is not answered hears nobody
            line.dialer().backstage().run(() -> leaveWithTheCall(line.call(), seat));
            line.dialer().backstage().await(seat);
        } finally {
            leave(conferenceId, room, line.call());
        }
        return new Result.Finished();
    }

    private static void leaveWithTheCall(Call call, CompletableFuture<Void> seat) {
        try {
            call.awaitEnd();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
        seat.complete(null);
    }

    /** @throws IllegalStateException where it is full */
    private synchronized Room enter(FlowLine line, String conferenceId, CompletableFuture<Void> seat) {
        Room room =
                rooms.computeIfAbsent(conferenceId, id -> new Room(line.dialer().conference(), new LinkedHashMap<>()));
        room.conference().add(line.call());
        room.seats().put(line.call(), seat);
        return room;
    }

    private synchronized void leave(String conferenceId, Room room, Call call) {
        room.conference().remove(call);
        room.seats().remove(call);
        if (room.seats().isEmpty()) {
            room.conference().close();
            rooms.remove(conferenceId, room);
        }
    }
}

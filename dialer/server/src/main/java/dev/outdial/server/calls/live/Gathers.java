package dev.outdial.server.calls.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.dialer.AudioClip;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.CallEndedException;
import dev.outdial.dialer.DialerException;
import dev.outdial.dialer.gather.Gather;
import dev.outdial.dialer.gather.GatherEnd;
import dev.outdial.dialer.gather.GatherRequest;
import dev.outdial.dialer.gather.GatherState;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallService.GatherView;
import dev.outdial.server.calls.CallService.GatherWish;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.store.StoredDocument;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Gathers keys in calls of this process; what was gathered is kept. <b>Threading:</b> any. */
final class Gathers {
    /** The state of one that goes on. */
    static final String OPEN = "collecting";

    private final Workshop workshop;
    private final Controls controls;

    Gathers(Workshop workshop, Controls controls) {
        this.workshop = workshop;
        this.controls = controls;
    }

    String begin(CallRecord call, GatherWish wish) {
        LiveCall live = controls.answered(call);
        Call engines = live.call().orElseThrow(Troubles::notAnswered);
        GatherRequest request = request(wish);
        List<AudioClip> prompt = prompt(call, wish);
        String id = UUID.randomUUID().toString();
        if (!live.gathering().compareAndSet("", id)) {
            throw Troubles.conflict("gather_active", "keys are gathered in this call already");
        }
        keep(live, id, wish.tag());
        try {
            live.gathers().put(id, engines.gather(request, prompt));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            failed(live, id, GatherEnd.CANCELLED.word());
        } catch (CallEndedException ended) {
            failed(live, id, GatherEnd.HUNG_UP.word());
            throw Troubles.over();
        } catch (DialerException unplayable) {
            failed(live, id, GatherEnd.CANCELLED.word());
            throw Troubles.invalid("prompt", String.valueOf(unplayable.getMessage()));
        } catch (IllegalStateException busy) {
            failed(live, id, GatherEnd.CANCELLED.word());
            throw Troubles.conflict("gather_active", "keys are gathered in this call already");
        }
        return id;
    }

    private void failed(LiveCall live, String id, String reason) {
        if (live.gathering().compareAndSet(id, "")) {
            var unused = workshop.write(live.id(), new Change.GatherOver(id, "", reason, ""));
        }
    }

    private void keep(LiveCall live, String id, String tag) {
        Instant now = workshop.now();
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("tag", tag)
                .put("digits", "")
                .put("reason", "");
        boolean unused = workshop.store()
                .lightly(tables -> tables.gathers()
                        .insert(new StoredDocument(
                                id, live.record().account(), "", live.id(), OPEN, body.toString(), now, now)));
    }

    private static GatherRequest request(GatherWish wish) {
        try {
            GatherRequest request = GatherRequest.DEFAULT.endedBy(wish.terminators());
            if (wish.maxDigits() > 0) request = request.atMost(wish.maxDigits());
            if (!wish.interDigitTime().isZero()) request = request.eachWithin(wish.interDigitTime());
            return wish.tag().isEmpty() ? request : request.tagged(wish.tag());
        } catch (IllegalArgumentException senseless) {
            throw Troubles.invalid("", String.valueOf(senseless.getMessage()));
        }
    }

    private List<AudioClip> prompt(CallRecord call, GatherWish wish) {
        int times = wish.loop() ? 0 : 1;
        if (!wish.sayPrompt().isEmpty()) {
            return List.of(Clips.saying(wish.sayPrompt(), wish.language(), wish.voice(), 1)
                    .repeated(times));
        }
        return wish.playPrompt().isEmpty()
                ? List.of()
                : workshop.clips(call.account()).of(List.of(wish.playPrompt()), wish.loop(), 0);
    }

    GatherView view(CallRecord call, String id) {
        StoredDocument stored = workshop.store()
                .read(tables -> tables.gathers().find(call.account(), id))
                .filter(one -> one.parent().equals(call.id()))
                .orElseThrow(() -> Troubles.none("gather", id));
        JsonNode body = CallViews.stored(stored.body());
        Gather going = stored.state().equals("completed")
                ? null
                : workshop.live(call.id()).map(live -> live.gathers().get(id)).orElse(null);
        String state = going == null || going.state() == GatherState.DONE
                ? stored.state()
                : going.state().name().toLowerCase(Locale.ROOT);
        String digits = going == null ? body.path("digits").asText() : going.digits();
        return new GatherView(
                id,
                call.id(),
                state,
                body.path("reason").asText(),
                digits,
                body.path("tag").asText(),
                stored.created(),
                stored.state().equals("completed") ? Optional.of(stored.updated()) : Optional.empty());
    }

    void end(CallRecord call, String id) {
        GatherView view = view(call, id);
        if (view.state().equals("completed")) return;
        workshop.live(call.id()).map(live -> live.gathers().get(id)).ifPresent(Gather::cancel);
    }
}

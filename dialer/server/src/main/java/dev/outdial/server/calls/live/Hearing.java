package dev.outdial.server.calls.live;

import dev.outdial.dialer.AudioClip;
import dev.outdial.dialer.flow.Variables;
import dev.outdial.server.calls.CallPlan;
import dev.outdial.server.calls.NewCall;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.ServiceException.Field;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says before anybody is called what of a call's plan nobody could hear. <b>Threading:</b> any. */
final class Hearing {
    private final Workshop workshop;

    Hearing(Workshop workshop) {
        this.workshop = workshop;
    }

    /** What is known without fetching and speaking, and without looking a name up; each thing once. */
    List<Field> objections(String account, List<NewCall> calls) {
        var plans = new LinkedHashSet<CallPlan>();
        calls.forEach(call -> plans.add(known(call.plan(), call.variables())));
        var fields = new LinkedHashSet<Field>();
        Clips clips = workshop.clips(account);
        for (CallPlan plan : plans) {
            switch (plan) {
                case CallPlan.Play play -> fields.addAll(objections(clips, play));
                case CallPlan.Say say -> objection(say).ifPresent(fields::add);
                // A flow goes on where something cannot be played, and can ask whether it was.
                case CallPlan.StoredFlow flow -> {}
                case CallPlan.InlineFlow flow -> {}
                case CallPlan.Park park -> {}
            }
        }
        return List.copyOf(fields);
    }

    /** With the variables filled in that are known; where others stand nothing can be said of the words yet. */
    private static CallPlan known(CallPlan plan, Map<String, String> variables) {
        if (!(plan instanceof CallPlan.Say say)) return plan;
        var users = Variables.NONE.withUsers(variables);
        boolean isKnown = Variables.namesIn(say.text() + say.language() + say.voice()).stream()
                .allMatch(name -> users.get(name).isPresent());
        return isKnown
                ? new CallPlan.Say(users.fill(say.text()), users.fill(say.language()), users.fill(say.voice()))
                : new CallPlan.Park();
    }

    private List<Field> objections(Clips clips, CallPlan.Play play) {
        var fields = new ArrayList<Field>();
        for (int i = 0; i < play.urls().size(); i++) {
            String field = play.urls().size() > 1 ? "play[" + i + "]" : "play";
            try {
                workshop.dialer()
                        .objection(clips.of(play.urls().get(i), field))
                        .ifPresent(sentence -> fields.add(new Field(field, sentence)));
            } catch (ServiceException unknown) {
                fields.addAll(unknown.fields());
            }
        }
        return fields;
    }

    private Optional<Field> objection(CallPlan.Say say) {
        // Nothing to say is found by whoever reads the plan as a flow.
        if (say.text().isBlank()) return Optional.empty();
        AudioClip words = Clips.saying(say.text(), say.language(), say.voice(), 1);
        return workshop.dialer().objection(words).map(sentence -> new Field("say", sentence));
    }
}

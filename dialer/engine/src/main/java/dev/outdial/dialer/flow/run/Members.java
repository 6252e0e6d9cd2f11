package dev.outdial.dialer.flow.run;

import dev.outdial.dialer.CallGroup;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.outcome.CallOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those whom a flow rings to connect one of them, and who hears of each. <b>Threading:</b> any. */
final class Members {
    private static final Logger LOG = LoggerFactory.getLogger(Members.class);

    private final List<Companion> companions;
    private final Set<Integer> dialled = ConcurrentHashMap.newKeySet();

    private Members(List<Companion> companions) {
        this.companions = List.copyOf(companions);
    }

    /** @throws IllegalStateException if one is not to be dialled: then nobody is */
    static Members of(FlowLine line, List<DialRequest> requests) {
        var companions = new ArrayList<Companion>();
        for (DialRequest request : requests) {
            try {
                companions.add(OtherCalls.companion(line, request, Companions.Why.CONNECTED, ""));
            } catch (IllegalStateException refused) {
                new Members(companions).undialled("another one may not be called");
                throw refused;
            }
        }
        return new Members(companions);
    }

    List<DialRequest> requests() {
        return companions.stream().map(Companion::request).toList();
    }

    /** On the group's listener. */
    void hear(CallGroup group, int member, CallEvent event) {
        // The first event may be told before the group has the call.
        group.calls().get(member).filter(call -> dialled.add(member)).ifPresent(companions.get(member)::dialled);
        companions.get(member).hear(event);
    }

    /** Nobody is dialled. */
    void undialled(String why) {
        companions.forEach(one -> one.undialled(why));
    }

    /** Waits for the end of all, and tells it: a group's listener need not hear the last one's. */
    void follow(CallGroup group) {
        try {
            var unused = group.awaitEnd();
        } catch (InterruptedException closing) {
            LOG.debug("the dialer closes under calls that a flow dialled");
        }
        List<Optional<CallOutcome>> outcomes = group.outcomes();
        for (int member = 0; member < outcomes.size(); member++) {
            Companion companion = companions.get(member);
            outcomes.get(member).ifPresent(how -> companion.hear(new CallEvent.Ended(how)));
            if (group.calls().get(member).isEmpty()) companion.undialled("somebody else was quicker");
        }
    }
}

package dev.outdial.server.calls.live;

import dev.outdial.dialer.guard.Destination;
import dev.outdial.dialer.guard.DialGuard;
import dev.outdial.dialer.guard.Judgment;
import dev.outdial.server.calls.Address;
import dev.outdial.server.calls.CallRecord;
import java.util.List;

/**
 * Who may be called by somebody else in our place: as who is dialled by us, but for how often, which nobody knows. What we dial the ledger
 * judges itself. <b>Threading:</b> any; asks the store.
 */
final class TargetRules {
    private final Workshop workshop;

    TargetRules(Workshop workshop) {
        this.workshop = workshop;
    }

    /** @throws dev.outdial.server.calls.ServiceException INVALID where that one may not be called now, with the rule and why */
    void check(CallRecord call, Address to) {
        String target = Requests.target(to);
        var guard = new DialGuard(workshop.settings().policies().apply(call.trunk()));
        Destination destination = guard.read(target);
        switch (guard.judge(destination, List.of(), workshop.now())) {
            case Judgment.Refused refused -> throw refused(refused.rule(), refused.why());
            case Judgment.Later later -> throw refused(later.rule(), "not before " + later.when());
            case Judgment.Allowed allowed -> {}
        }
        String number = destination.e164().orElse(target);
        if (workshop.store().read(tables -> tables.doNotCall().forbids(call.account(), number)))
            throw refused("do-not-call", "the number asked not to be called");
    }

    private static RuntimeException refused(String rule, String why) {
        return Troubles.invalid("to", rule + ": " + why);
    }
}

package dev.outdial.server.calls.live;

import dev.outdial.dialer.guard.DialGuard;
import dev.outdial.dialer.guard.GuardPolicy;
import dev.outdial.dialer.guard.Judgment;
import dev.outdial.dialer.ledger.LedgerRules;
import dev.outdial.server.calls.Address;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.ImmediateCalls;
import dev.outdial.server.calls.NewCall;
import dev.outdial.server.calls.NumberReading;
import dev.outdial.server.calls.Schedule;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.TraceParent;
import dev.outdial.server.store.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Accepts calls that can be dialled at once. <b>Threading:</b> any. */
final class LiveImmediateCalls implements ImmediateCalls {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String ALL_TRUNKS = "";

    private final Workshop workshop;
    private final Accepting accepting;
    private final Supplier<LedgerRules> rules;

    LiveImmediateCalls(Workshop workshop, Accepting accepting, Supplier<LedgerRules> rules) {
        this.workshop = workshop;
        this.accepting = accepting;
        this.rules = rules;
    }

    @Override
    public NumberReading read(String number, String country) {
        String trunk = workshop.settings().trunks().get().stream().findFirst().orElse("");
        return Numbers.read(number, country, policy(trunk));
    }

    private GuardPolicy policy(String trunk) {
        return workshop.settings().policies().apply(trunk);
    }

    @Override
    public Placing place(String account, NewCall call) {
        record Done(Placing placing, Aftermath aftermath) {}
        Instant now = workshop.now();
        List<NewCall> calls = List.of(soon(call, now));
        CallRecord record = accepting.records(account, calls, now).getFirst();
        Optional<Placing> forbidden = forbidden(record, now);
        if (forbidden.isPresent()) return forbidden.get();
        List<ServiceException.Field> senseless = accepting.senseless(List.of(record));
        Optional<String> parent = TraceParent.current();
        Done done = workshop.store().durably(tables -> {
            var aftermath = new Aftermath();
            Accepting.check(tables, account, calls, senseless);
            Placing placing = objection(tables, record, now).orElseGet(() -> {
                accepting.keep(tables, record, parent, aftermath);
                return new Placing.Placed(record);
            });
            return new Done(placing, aftermath);
        });
        workshop.afterwards(done.aftermath());
        return done.placing();
    }

    private static NewCall soon(NewCall call, Instant now) {
        var schedule = new Schedule(
                Optional.empty(), Optional.empty(), call.schedule().priority(), 0, Optional.of(now.plus(PATIENCE)));
        return new NewCall(
                call.origin(),
                call.from(),
                call.to(),
                call.trunk(),
                call.plan(),
                call.ringTimeout(),
                call.maxDuration(),
                schedule,
                call.callbacks(),
                call.tag(),
                call.metadata(),
                call.variables(),
                call.headers(),
                call.anonymous(),
                call.record(),
                call.detectMachine(),
                call.groupcallId(),
                call.masterCallId());
    }

    /** What the guard says of the number and the time; how often it was dialled, the ledger looks at. */
    private Optional<Placing> forbidden(CallRecord call, Instant now) {
        var guard = new DialGuard(policy(call.trunk()));
        Judgment judgment = guard.judge(guard.read(Requests.target(call.to())), List.of(), now);
        return switch (judgment) {
            case Judgment.Refused refused -> Optional.of(new Placing.Forbidden(refused.rule()));
            case Judgment.Later later -> Optional.of(new Placing.Forbidden(later.rule()));
            case Judgment.Allowed allowed -> Optional.empty();
        };
    }

    /** Locks as the ledger does, all trunks before the one. */
    private Optional<Placing> objection(Tables tables, CallRecord call, Instant now) {
        int most = rules.get().inAll().atOnce();
        boolean isFull = most < Integer.MAX_VALUE && tables.queue().onTheirWay(ALL_TRUNKS, now) >= most;
        boolean isTrunkFull = tables.queue().onTheirWay(call.trunk(), now)
                >= rules.get().of(call.trunk()).atOnce();
        String target = call.to().target();
        boolean isNumber = call.to().type() == Address.Type.TEL;
        if (tables.queue().isBusy(call.account(), target, now)) return Optional.of(new Placing.InProgress());
        if (isNumber && tables.doNotCall().forbids(call.account(), target)) {
            return Optional.of(new Placing.Forbidden("do-not-call"));
        }
        return isFull || isTrunkFull ? Optional.of(new Placing.NoChannel()) : Optional.empty();
    }
}

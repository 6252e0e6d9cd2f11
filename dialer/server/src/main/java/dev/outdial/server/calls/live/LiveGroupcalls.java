package dev.outdial.server.calls.live;

import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.calls.Created;
import dev.outdial.server.calls.GroupcallRecord;
import dev.outdial.server.calls.GroupcallService;
import dev.outdial.server.calls.NewCall;
import dev.outdial.server.calls.NewGroupcall;
import dev.outdial.server.calls.NewGroupcall.RingMethod;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.TraceParent;
import dev.outdial.server.store.IdempotencyTable.Claim;
import dev.outdial.server.store.StoredDocument;
import dev.outdial.server.store.Tables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Groups of calls: what becomes of them while they go on is {@link Groups}'. <b>Threading:</b> any. */
final class LiveGroupcalls implements GroupcallService {
    private static final Logger LOG = LoggerFactory.getLogger(LiveGroupcalls.class);
    private static final int MOST_CALLS = 100;

    private final Workshop workshop;
    private final Accepting accepting;

    LiveGroupcalls(Workshop workshop, Accepting accepting) {
        this.workshop = workshop;
        this.accepting = accepting;
    }

    @Override
    public Created<GroupcallRecord> create(String account, NewGroupcall group, Optional<RequestKey> key) {
        if (group.calls().isEmpty() || group.calls().size() > MOST_CALLS) {
            throw Troubles.invalid("to", group.calls().size() + " calls: 1 to " + MOST_CALLS + " are expected");
        }
        record Done(Created<GroupcallRecord> created, Aftermath aftermath) {}
        Instant now = workshop.now();
        String id = UUID.randomUUID().toString();
        List<NewCall> members =
                group.calls().stream().map(call -> member(call, id)).toList();
        List<CallRecord> records = accepting.records(account, members, now);
        List<ServiceException.Field> senseless = new ArrayList<>(accepting.senseless(records));
        senseless.addAll(accepting.unheard(account, members));
        senseless.addAll(accepting.untold(members));
        var wanted = new GroupcallRecord(
                id,
                account,
                "dialing",
                group.ringMethod(),
                group.answerMethod(),
                "",
                records.stream().map(CallRecord::id).toList(),
                group.tag(),
                now,
                Optional.empty());
        Optional<String> parent = TraceParent.current();
        Done done = workshop.store().durably(tables -> {
            var aftermath = new Aftermath();
            Claim claim = key.<Claim>map(
                            own -> tables.idempotency().claim(account, own.key(), own.bodyHash(), List.of(id), now))
                    .orElseGet(Claim.First::new);
            return switch (claim) {
                case Claim.OtherBody other -> throw Troubles.otherBody();
                case Claim.Replay replay ->
                    new Done(new Created<>(find(tables, account, replay.ids().getFirst()), true), aftermath);
                case Claim.First first -> {
                    Accepting.check(tables, account, members, senseless);
                    keep(tables, wanted, records, parent, aftermath);
                    yield new Done(new Created<>(wanted, false), aftermath);
                }
            };
        });
        workshop.afterwards(done.aftermath());
        return done.created();
    }

    private void keep(
            Tables tables,
            GroupcallRecord group,
            List<CallRecord> calls,
            Optional<String> parent,
            Aftermath aftermath) {
        boolean unused = tables.groupcalls().insert(Groups.document(group, group.created()));
        workshop.keeper().tell(tables, group.account(), "groupcall.created", group.created(), Groups.json(group));
        for (int i = 0; i < calls.size(); i++) {
            accepting.keep(tables, calls.get(i), parent, aftermath);
            boolean waits = group.ringMethod() == RingMethod.LINEAR && i > 0;
            if (waits) tables.calls().requeue(calls.get(i).id(), Groups.NOT_YET);
        }
    }

    private static NewCall member(NewCall call, String groupId) {
        return new NewCall(
                call.origin(),
                call.from(),
                call.to(),
                call.trunk(),
                call.plan(),
                call.ringTimeout(),
                call.maxDuration(),
                call.schedule(),
                call.callbacks(),
                call.tag(),
                call.metadata(),
                call.variables(),
                call.headers(),
                call.anonymous(),
                call.record(),
                call.detectMachine(),
                Optional.of(groupId),
                call.masterCallId());
    }

    private static GroupcallRecord find(Tables tables, String account, String id) {
        return tables.groupcalls()
                .find(account, id)
                .map(Groups::read)
                .orElseThrow(() -> Troubles.none("groupcall", id));
    }

    @Override
    public GroupcallRecord get(String account, String id) {
        return workshop.store().read(tables -> find(tables, account, id));
    }

    @Override
    public Page<GroupcallRecord> list(String account, PageQuery query) {
        Page<StoredDocument> page =
                workshop.store().read(tables -> tables.groupcalls().list(account, query.cursor(), query.limit()));
        return new Page<>(page.items().stream().map(Groups::read).toList(), page.next());
    }

    @Override
    public GroupcallRecord hangUp(String account, String id) {
        GroupcallRecord group = get(account, id);
        if (group.status().equals("hangup")) return group;
        Instant now = workshop.now();
        boolean unused = workshop.store()
                .durably(tables -> tables.groupcalls()
                        .lock(id)
                        .map(Groups::read)
                        .filter(known -> !known.status().equals("hangup"))
                        .map(known -> tables.groupcalls()
                                .update(Groups.document(
                                        Groups.with(known, "hangingup", known.answerCallId(), Optional.empty()), now)))
                        .orElse(false));
        var hangups = new Hangups(workshop);
        for (String call : group.callIds()) {
            try {
                hangups.end(call, "normal");
            } catch (ServiceException elsewhere) {
                LOG.warn("call={} of a group is not ended: {}", call, elsewhere.getMessage());
            }
        }
        return get(account, id);
    }

    @Override
    public void delete(String account, String id) {
        GroupcallRecord unused = hangUp(account, id);
        Instant now = workshop.now();
        boolean gone = workshop.store().durably(tables -> tables.groupcalls().softDelete(account, id, now));
        if (!gone) throw Troubles.none("groupcall", id);
    }
}

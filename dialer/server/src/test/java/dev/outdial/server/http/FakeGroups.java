package dev.outdial.server.http;

import dev.outdial.server.calls.BridgeRecord;
import dev.outdial.server.calls.BridgeService;
import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.calls.Created;
import dev.outdial.server.calls.GroupcallRecord;
import dev.outdial.server.calls.GroupcallService;
import dev.outdial.server.calls.NewGroupcall;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.PageQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Groups of calls, and bridges, in memory. */
final class FakeGroups {
    final List<String> log = new CopyOnWriteArrayList<>();
    final Groups groups = new Groups();
    final Bridges bridges = new Bridges();

    static final class Groups implements GroupcallService {
        private final FakeTable<GroupcallRecord> groups = new FakeTable<>(GroupcallRecord::id);

        @Override
        public Created<GroupcallRecord> create(String account, NewGroupcall group, Optional<RequestKey> key) {
            return groups.create(
                    account,
                    key,
                    () -> new GroupcallRecord(
                            UUID.randomUUID().toString(),
                            account,
                            "dialing",
                            group.ringMethod(),
                            group.answerMethod(),
                            "",
                            group.calls().stream()
                                    .map(call -> UUID.randomUUID().toString())
                                    .toList(),
                            group.tag(),
                            FakeCalls.NOW,
                            Optional.empty()));
        }

        @Override
        public GroupcallRecord get(String account, String id) {
            return groups.get(account, id);
        }

        @Override
        public Page<GroupcallRecord> list(String account, PageQuery query) {
            return groups.list(account, query);
        }

        @Override
        public GroupcallRecord hangUp(String account, String id) {
            return groups.get(account, id);
        }

        @Override
        public void delete(String account, String id) {
            groups.delete(account, id);
        }
    }

    final class Bridges implements BridgeService {
        private final FakeTable<BridgeRecord> bridges = new FakeTable<>(BridgeRecord::id);

        @Override
        public Created<BridgeRecord> create(
                String account, String kind, List<String> callIds, Optional<RequestKey> key) {
            return bridges.create(
                    account,
                    key,
                    () -> new BridgeRecord(
                            UUID.randomUUID().toString(), account, kind, "progressing", callIds, FakeCalls.NOW));
        }

        @Override
        public BridgeRecord get(String account, String id) {
            return bridges.get(account, id);
        }

        @Override
        public Page<BridgeRecord> list(String account, PageQuery query) {
            return bridges.list(account, query);
        }

        @Override
        public BridgeRecord add(String account, String id, String callId) {
            return bridges.change(account, id, bridge -> {
                var ids = new ArrayList<>(bridge.callIds());
                ids.add(callId);
                return new BridgeRecord(id, account, bridge.kind(), bridge.state(), ids, bridge.created());
            });
        }

        @Override
        public BridgeRecord remove(String account, String id, String callId) {
            return bridges.change(
                    account,
                    id,
                    bridge -> new BridgeRecord(
                            id,
                            account,
                            bridge.kind(),
                            bridge.state(),
                            bridge.callIds().stream()
                                    .filter(known -> !known.equals(callId))
                                    .toList(),
                            bridge.created()));
        }

        @Override
        public void play(String account, String id, List<String> urls, boolean loop, double volumeDb) {
            get(account, id);
            log.add("play " + urls);
        }

        @Override
        public void say(String account, String id, String text, String language, String voice, int times) {
            get(account, id);
            log.add("say " + text);
        }

        @Override
        public void stopMedia(String account, String id) {
            get(account, id);
            log.add("stop");
        }

        @Override
        public BridgeRecord hold(String account, String id, boolean on) {
            BridgeRecord known = get(account, id);
            log.add(on ? "hold" : "unhold");
            return known;
        }

        @Override
        public void delete(String account, String id) {
            bridges.delete(account, id);
        }
    }
}

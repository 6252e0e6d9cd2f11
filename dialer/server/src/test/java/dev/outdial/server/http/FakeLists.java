package dev.outdial.server.http;

import dev.outdial.server.calls.AccountRecord;
import dev.outdial.server.calls.AccountService;
import dev.outdial.server.calls.ApplicationRecord;
import dev.outdial.server.calls.ApplicationService;
import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.calls.Created;
import dev.outdial.server.calls.DoNotCallRecord;
import dev.outdial.server.calls.DoNotCallService;
import dev.outdial.server.calls.FlowRecord;
import dev.outdial.server.calls.FlowService;
import dev.outdial.server.calls.NewAccount;
import dev.outdial.server.calls.NewApplication;
import dev.outdial.server.calls.NewFlow;
import dev.outdial.server.calls.NewNumber;
import dev.outdial.server.calls.NumberRecord;
import dev.outdial.server.calls.NumberService;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.PageQuery;
import java.util.Optional;
import java.util.UUID;

/** What is only kept: flows, numbers, accounts, numbers that are not called. */
final class FakeLists {
    private FakeLists() {}

    static final class Flows implements FlowService {
        private final FakeTable<FlowRecord> flows = new FakeTable<>(FlowRecord::id);

        private static FlowRecord record(String id, String account, NewFlow flow) {
            return new FlowRecord(
                    id,
                    account,
                    flow.name(),
                    flow.detail(),
                    flow.actions(),
                    flow.onCompleteFlowId(),
                    FakeCalls.NOW,
                    FakeCalls.NOW);
        }

        @Override
        public Created<FlowRecord> create(String account, NewFlow flow, Optional<RequestKey> key) {
            return flows.create(account, key, () -> record(UUID.randomUUID().toString(), account, flow));
        }

        @Override
        public FlowRecord get(String account, String id) {
            return flows.get(account, id);
        }

        @Override
        public Page<FlowRecord> list(String account, PageQuery query) {
            return flows.list(account, query);
        }

        @Override
        public FlowRecord replace(String account, String id, NewFlow flow) {
            return flows.change(account, id, before -> record(id, account, flow));
        }

        @Override
        public void delete(String account, String id) {
            flows.delete(account, id);
        }
    }

    static final class Applications implements ApplicationService {
        private final FakeTable<ApplicationRecord> applications = new FakeTable<>(ApplicationRecord::id);

        private static ApplicationRecord record(String id, String account, NewApplication wanted) {
            return new ApplicationRecord(
                    id,
                    account,
                    wanted.name(),
                    wanted.autoAnswer(),
                    wanted.origin(),
                    wanted.callbacks(),
                    wanted.details(),
                    FakeCalls.NOW,
                    FakeCalls.NOW);
        }

        @Override
        public Created<ApplicationRecord> create(String account, NewApplication wanted, Optional<RequestKey> key) {
            return applications.create(
                    account, key, () -> record(UUID.randomUUID().toString(), account, wanted));
        }

        @Override
        public ApplicationRecord get(String account, String id) {
            return applications.get(account, id);
        }

        @Override
        public Page<ApplicationRecord> list(String account, PageQuery query) {
            return applications.list(account, query);
        }

        @Override
        public ApplicationRecord replace(String account, String id, NewApplication wanted) {
            return applications.change(account, id, before -> record(id, account, wanted));
        }

        @Override
        public void delete(String account, String id) {
            applications.delete(account, id);
        }
    }

    static final class Numbers implements NumberService {
        private final FakeTable<NumberRecord> numbers = new FakeTable<>(NumberRecord::id);

        private static NumberRecord record(String id, String account, NewNumber number) {
            return new NumberRecord(
                    id, account, number.e164(), number.trunkId(), number.flowId(), FakeCalls.NOW, FakeCalls.NOW);
        }

        @Override
        public Created<NumberRecord> create(String account, NewNumber number, Optional<RequestKey> key) {
            return numbers.create(account, key, () -> record(UUID.randomUUID().toString(), account, number));
        }

        @Override
        public NumberRecord get(String account, String id) {
            return numbers.get(account, id);
        }

        @Override
        public Page<NumberRecord> list(String account, PageQuery query) {
            return numbers.list(account, query);
        }

        @Override
        public NumberRecord replace(String account, String id, NewNumber number) {
            return numbers.change(account, id, before -> record(id, account, number));
        }

        @Override
        public void delete(String account, String id) {
            numbers.delete(account, id);
        }
    }

    static final class Accounts implements AccountService {
        private final FakeTable<AccountRecord> accounts = new FakeTable<>(AccountRecord::id);

        private static AccountRecord record(String id, NewAccount account) {
            return new AccountRecord(
                    id,
                    account.name(),
                    account.enabled(),
                    account.verified(),
                    account.telephony(),
                    FakeCalls.NOW,
                    FakeCalls.NOW);
        }

        @Override
        public Created<AccountRecord> create(String asker, NewAccount account, Optional<RequestKey> key) {
            return accounts.create(asker, key, () -> record(UUID.randomUUID().toString(), account));
        }

        @Override
        public AccountRecord get(String asker, String id) {
            return accounts.get(asker, id);
        }

        @Override
        public Page<AccountRecord> list(String asker, PageQuery query) {
            return accounts.list(asker, query);
        }

        @Override
        public AccountRecord replace(String asker, String id, NewAccount account) {
            return accounts.change(asker, id, before -> record(id, account));
        }

        @Override
        public void delete(String asker, String id) {
            accounts.delete(asker, id);
        }
    }

    static final class DoNotCall implements DoNotCallService {
        private final FakeTable<DoNotCallRecord> numbers = new FakeTable<>(DoNotCallRecord::e164);

        @Override
        public Created<DoNotCallRecord> add(String account, String e164, String reason, Optional<RequestKey> key) {
            return numbers.create(account, key, () -> new DoNotCallRecord(account, e164, reason, FakeCalls.NOW));
        }

        @Override
        public DoNotCallRecord get(String account, String e164) {
            return numbers.get(account, e164);
        }

        @Override
        public Page<DoNotCallRecord> list(String account, PageQuery query) {
            return numbers.list(account, query);
        }

        @Override
        public void remove(String account, String e164) {
            numbers.delete(account, e164);
        }
    }
}

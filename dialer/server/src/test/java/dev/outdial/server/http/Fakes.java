package dev.outdial.server.http;

import dev.outdial.server.calls.ServerHealth;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.Services;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** All services in memory. */
final class Fakes {
    final FakeEvents events = new FakeEvents();
    final FakeCalls calls = new FakeCalls(events);
    final FakeKeys keys = new FakeKeys();
    final FakeGroups groups = new FakeGroups();
    final FakeRecordings recordings = new FakeRecordings();
    final FakeCampaigns campaigns = new FakeCampaigns();
    final FakeTrunks trunks = new FakeTrunks();
    final AtomicBoolean ready = new AtomicBoolean(true);

    private final class Health implements ServerHealth {
        @Override
        public Readiness readiness() {
            return new Readiness(ready.get(), List.of(new Check("store", ready.get())));
        }

        @Override
        public String metrics() {
            return "# TYPE outdial_calls gauge\noutdial_calls 0\n";
        }
    }

    /** Knows talk and hangup. */
    private static List<ServiceException.Field> problems(String actions) {
        return actions.contains("\"type\":\"dance\"")
                ? List.of(new ServiceException.Field("[0].type", "is unknown; did you mean branch?"))
                : List.of();
    }

    Services services() {
        var none = new NoCalls();
        return new Services(
                calls,
                groups.groups,
                new FakeLists.Flows(),
                Fakes::problems,
                recordings,
                groups.bridges,
                new FakeMedia(),
                trunks,
                new FakeLists.Numbers(),
                new FakeLists.Accounts(),
                keys,
                new FakeAnswers(),
                new FakeLists.DoNotCall(),
                events,
                new FakeWebhooks(),
                new Health(),
                new FakeFacadeKeys(),
                none,
                none,
                none,
                new FakeLists.Applications(),
                new FakeTraces(calls),
                campaigns);
    }
}

package dev.outdial.testbed.junit;

import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.report.Ladder;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import dev.outdial.testbed.trunk.LoopbackTrunkBuilder;
import dev.outdial.testbed.trunk.TrunkCall;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A telephone company on this machine for tests with JUnit: callees by number, and what they heard. It is there for all tests of a class
 * where the field is static, else for each test.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final TestTrunk trunk = TestTrunk.withPersonas();
 *
 * @Test
 * void pressesTheCode() {
 *     dialWithWhateverIsTested(trunk.sipUri("1001"), "4711#");
 *     trunk.callTo("1001").heardKeys("4711#").endedByCaller();
 * }
 * }</pre>
 *
 * <p>When a test fails, the SIP messages of its calls are published as a report entry. It is not for the open network: it listens
 * on 127.0.0.1 and has no defence against strangers.
 *
 * <p><b>Threading:</b> one test at a time; what it tells may be asked for on any thread.
 */
public final class TestTrunk implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private static final Duration END_LIMIT = Duration.ofSeconds(10);
    private static final long LOOK_AGAIN_MILLIS = 10;

    private final Supplier<LoopbackTrunkBuilder> builder;
    private final DialPlan plan;
    private volatile Optional<LoopbackTrunk> running = Optional.empty();
    private boolean forAll;
    private volatile int before;

    private TestTrunk(Supplier<LoopbackTrunkBuilder> builder, DialPlan plan) {
        this.builder = builder;
        this.plan = plan;
    }

    /** A trunk with the callees of {@link DialPlan#standard()}: 1001 answers and stays, 1002 is busy, 1003 never answers, and so on. */
    public static TestTrunk withPersonas() {
        return with(DialPlan.standard());
    }

    /** A trunk with callees of one's own. */
    public static TestTrunk with(DialPlan plan) {
        return new TestTrunk(LoopbackTrunk::builder, plan);
    }

    /** A trunk with the standard callees and everything else as that builder has it, which is asked for one at each start. */
    public static TestTrunk of(Supplier<LoopbackTrunkBuilder> builder) {
        return new TestTrunk(builder, DialPlan.standard());
    }

    /** The same with one callee more, or another one under that number. */
    public TestTrunk callee(String number, String sentence, Step... steps) {
        return new TestTrunk(builder, plan.with(number, Persona.of(sentence, steps)));
    }

    /** The same with a user who has to register and to show a password. */
    public TestTrunk user(String name, String password) {
        return new TestTrunk(() -> builder.get().user(name, password), plan);
    }

    /** {@code 127.0.0.1:port}, UDP and TCP. */
    public String hostPort() {
        return "127.0.0.1:" + port();
    }

    /** The SIP port. */
    public int port() {
        return trunk().port();
    }

    /** The SIP URI of a number or user at this trunk. */
    public String sipUri(String user) {
        return "sip:" + user + "@" + hostPort();
    }

    /** The trunk itself, for what is not asked here. */
    public LoopbackTrunk trunk() {
        return running.orElseThrow(() -> new IllegalStateException(
                "the trunk is not running: @RegisterExtension is expected on its field, and a test that runs"));
    }

    /** The calls of the test that runs, in order, as they are now. */
    public List<TrunkCall> calls() {
        List<TrunkCall> all = trunk().calls();
        return all.subList(Math.min(before, all.size()), all.size());
    }

    /**
     * What the callee of that number heard in its last call of this test. Waits until that call is over, 10 seconds at most.
     *
     * @throws AssertionError where nobody called it, or the call does not end
     */
    public CalleeHeard callTo(String number) {
        TrunkCall call = lastCall(number);
        return new CalleeHeard(trunk().awaitEnd(call.callId(), END_LIMIT)
                .orElseThrow(() -> new AssertionError("the call to " + number + " is not over after "
                        + END_LIMIT.toSeconds() + " s" + System.lineSeparator() + Ladder.of(call))));
    }

    /** That nobody called that number in this test so far. */
    public void wasNotCalled(String number) {
        if (calls().stream().anyMatch(call -> call.number().equals(number))) {
            throw new AssertionError(number + " was called" + System.lineSeparator() + Ladder.of(lastCall(number)));
        }
    }

    /**
     * Waits until a user is registered.
     *
     * @throws AssertionError where that is not so within the time
     */
    public void awaitRegistered(String user, Duration within) throws InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        while (!trunk().isRegistered(user)) {
            if (System.nanoTime() - deadline > 0) throw new AssertionError(user + " is not registered after " + within);
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    private TrunkCall lastCall(String number) {
        List<TrunkCall> calls = calls();
        return calls.reversed().stream()
                .filter(call -> call.number().equals(number))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody called " + number + "; called were "
                        + calls.stream().map(TrunkCall::number).toList()));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        forAll = true;
        start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (running.isEmpty()) start();
        before = trunk().calls().size();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            calls().forEach(call -> context.publishReportEntry("call to " + call.number(), Ladder.of(call)));
        }
        if (!forAll) stop();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop();
    }

    private void start() {
        running = Optional.of(builder.get().dialPlan(plan).start());
    }

    private void stop() {
        running.ifPresent(LoopbackTrunk::close);
        running = Optional.empty();
    }
}

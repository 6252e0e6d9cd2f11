package dev.outdial.dialer.testing;

import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.journal.CallJournal;
import dev.outdial.dialer.ledger.InMemoryLedger;
import dev.outdial.dialer.ledger.LedgerRules;
import dev.outdial.dialer.trunk.Trunk;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A trunk for tests of code that is written on {@link Dialer}, {@link dev.outdial.dialer.Call} and {@link
 * dev.outdial.dialer.IncomingCall}: no network, no telephone company and no waiting.
 *
 * <pre>{@code
 * FakeTrunk trunk = FakeTrunk.named("carrier");
 * trunk.callee("+15551234567").rings().answersAfter(Duration.ofSeconds(5)).hearsAClip().presses("1");
 * try (Dialer dialer = trunk.dialer()) {
 *     new Reminder(dialer).remind("+15551234567"); // the code to be tested; takes milliseconds
 * }
 * assertThat(trunk.calls().getFirst().played()).hasSize(1);
 * }</pre>
 *
 * <p>Time is that of {@link #clock}. It stands still while a thread that uses the dialer does something, and jumps to what happens next
 * when all of them wait; {@link #byHand} has it wait for {@link ManualClock#advance} instead. A clip takes as long as it is, and is
 * really decoded: a file that cannot be played fails here too. Keys are collected, outcomes made and calls admitted by the same code
 * as on the wire, where guards hold as on a bench: made-up numbers may be called, premium numbers may not.
 *
 * <p>It is not for how calls sound: nothing is encoded or heard, who answered is what the person was said to be, a recording holds
 * silence, and statistics are empty. The loopback trunk of the testbed is for that.
 *
 * <p><b>Threading:</b> any thread; people are described before they are called.
 */
public final class FakeTrunk {
    private static final Instant USUAL_START = Instant.parse("2030-01-07T12:00:00Z");

    private final String name;
    private final FakeStage stage;
    private final Map<String, FakePerson> people = new ConcurrentHashMap<>();
    private final List<FakeCall> calls = new CopyOnWriteArrayList<>();

    private FakeTrunk(String name, FakeStage stage) {
        this.name = name;
        this.stage = stage;
        stage.add(this);
    }

    /** A trunk of that name, where it is noon UTC on a Monday. */
    public static FakeTrunk named(String name) {
        return named(name, USUAL_START);
    }

    /** A trunk of that name, where time begins then. */
    public static FakeTrunk named(String name, Instant begin) {
        return new FakeTrunk(name, new FakeStage(ManualClock.at(begin)));
    }

    /** A further trunk of the same dialer and time. */
    public FakeTrunk another(String other) {
        return new FakeTrunk(other, stage);
    }

    /** Has time go on only by {@link ManualClock#advance}; to be said before {@link #dialer}. */
    public FakeTrunk byHand() {
        stage.byHand();
        return this;
    }

    /** Has what happens in calls kept there, as {@link DialerConfig#withJournal} has it; to be said before {@link #dialer}, of any trunk. */
    public FakeTrunk keeping(CallJournal journal) {
        stage.keeping(journal);
        return this;
    }

    /** Whom a number belongs to from now on: to be told what it does. */
    public FakePerson callee(String number) {
        FakePerson person = FakePerson.who();
        people.put(FakeStage.plain(number), person);
        return person;
    }

    /** A dialer whose only trunks are this one and its {@linkplain #another others}; to be opened once. */
    public Dialer dialer() {
        return dialer(LedgerRules.STANDARD);
    }

    /** The same with rules of one's own, which count in this trunk's time. */
    public Dialer dialer(LedgerRules rules) {
        Trunk[] trunks = stage.trunks().stream()
                .map(trunk ->
                        Trunk.of(trunk.name, "sip:outdial@" + trunk.host()).withoutRegistration())
                .toArray(Trunk[]::new);
        return Dialer.on(
                stage.open(),
                DialerConfig.of(trunks)
                        .withLedger(new InMemoryLedger(rules, clock()::nanos))
                        .withJournal(stage.journal()));
    }

    private String host() {
        return name.matches("[A-Za-z0-9-]+") ? name + ".invalid" : "trunk.invalid";
    }

    /** The time in which calls go on. */
    public ManualClock clock() {
        return stage.clock();
    }

    /** The calls that went over this trunk and came by it, in order; those that the ledger refused are none. */
    public List<FakeCall> calls() {
        return List.copyOf(calls);
    }

    /** Somebody calls us and stays on the line. */
    public FakeCall callsUs(String from, String to) {
        return callsUs(from, to, FakePerson.who());
    }

    /**
     * Somebody calls us.
     *
     * @param from the number that is shown
     * @param to which of our numbers is called
     * @param person what it does from the answer on
     * @return what it hears
     */
    public FakeCall callsUs(String from, String to, FakePerson person) {
        var seen = new FakeCall(name, from);
        calls.add(seen);
        stage.callsUs(name, from, to, person, seen);
        return seen;
    }

    String name() {
        return name;
    }

    /** Who is called now, and a call that is told of it. */
    FakeFarEnd called(String number) {
        String plain = FakeStage.plain(number);
        FakePerson person = people.getOrDefault(plain, FakePerson.who().isUnknown());
        people.computeIfPresent(plain, (key, now) -> now.later());
        var seen = new FakeCall(name, number);
        calls.add(seen);
        return new FakeFarEnd(stage, person, seen);
    }
}

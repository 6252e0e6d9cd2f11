package dev.outdial.server.crash;

import dev.outdial.testbed.counting.CountingCallees;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import dev.outdial.testbed.trunk.TrunkCall;
import dev.outdial.testbed.trunk.TrunkEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/**
 * A trunk whose callees ring, answer and hang up, each after the same time, and who called whom when, as it saw it. <b>Threading:</b> any.
 */
final class WatchedTrunk implements AutoCloseable {
    private static final int KEPT_CALLS = 20_000;

    private final ConcurrentLinkedQueue<Invite> invites = new ConcurrentLinkedQueue<>();
    private final Duration callLength;
    private final LoopbackTrunk trunk;

    /** @param atNanos when it came, on the clock of {@link System#nanoTime()} */
    record Invite(String number, String sipCallId, long atNanos) {}

    private WatchedTrunk(CountingCallees callees, Duration ring, Duration talk, Map<String, Persona> others) {
        this.callLength = ring.plus(talk);
        var callee = Persona.of(
                "rings, answers and hangs up",
                new Step.Ring(),
                new Step.Wait(ring),
                new Step.Answer(),
                new Step.Wait(talk),
                new Step.HangUp());
        this.trunk = LoopbackTrunk.builder()
                .challengeRegister(false)
                .challengeInvite(false)
                .counting(callees)
                .dialPlan(new DialPlan(others, Optional.of(callee)))
                .keptCalls(KEPT_CALLS)
                .listener(event -> {
                    if (event instanceof TrunkEvent.Invited invited) {
                        invites.add(new Invite(invited.number(), invited.callId(), System.nanoTime()));
                    }
                })
                .start();
    }

    static WatchedTrunk start(CountingCallees callees, Duration ring, Duration talk) {
        return start(callees, ring, talk, Map.of());
    }

    /** @param others who behave otherwise, by their numbers */
    static WatchedTrunk start(CountingCallees callees, Duration ring, Duration talk, Map<String, Persona> others) {
        return new WatchedTrunk(callees, ring, talk, others);
    }

    /** The calls that came, as their callees saw them. */
    List<TrunkCall> calls() {
        return trunk.calls();
    }

    int port() {
        return trunk.port();
    }

    /** All that came, in order. */
    List<Invite> invites() {
        return List.copyOf(invites);
    }

    /** Those to a number. */
    List<Invite> invites(String number) {
        return invites.stream().filter(invite -> invite.number().equals(number)).toList();
    }

    /** Who was called. */
    Set<String> numbers() {
        return invites.stream().map(Invite::number).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those whose callee was on the line at a time: called so long before, and so long before hanging up. */
    List<Invite> upAt(long nanos, Duration margin) {
        return invites.stream()
                .filter(invite -> nanos - invite.atNanos() > margin.toNanos())
                .filter(invite ->
                        nanos - invite.atNanos() < callLength.minus(margin).toNanos())
                .toList();
    }

    /** The most callees that were on the line at a time. */
    int mostAtOnce() {
        int most = 0;
        for (Invite one : invites)
            most = Math.max(
                    most, upAt(one.atNanos(), Duration.ZERO.minusNanos(1)).size());
        return most;
    }

    /** The shortest time in which so many and one more came. */
    Duration shortestFor(int count) {
        List<Invite> all = new ArrayList<>(invites);
        long shortest = Long.MAX_VALUE;
        for (int i = count; i < all.size(); i++) {
            shortest =
                    Math.min(shortest, all.get(i).atNanos() - all.get(i - count).atNanos());
        }
        return Duration.ofNanos(shortest);
    }

    @Override
    public void close() {
        trunk.close();
    }
}

package dev.outdial.dialer.ledger;

import dev.outdial.dialer.guard.GuardPolicy;
import dev.outdial.dialer.pace.PaceLimits;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a ledger keeps to.
 *
 * @param guard who may be dialled, how often and when
 * @param bench the same for trunks on this machine, where nobody is really called
 * @param inAll how fast calls are placed over all trunks together
 * @param eachTrunk how fast over a trunk that has no limits of its own
 * @param trunks trunks that have limits of their own, by name
 */
public record LedgerRules(
        GuardPolicy guard, GuardPolicy bench, PaceLimits inAll, PaceLimits eachTrunk, Map<String, PaceLimits> trunks) {
    /** {@link GuardPolicy#STANDARD}, {@link GuardPolicy#BENCH}, and as fast as calls are asked for. */
    public static final LedgerRules STANDARD =
            new LedgerRules(GuardPolicy.STANDARD, GuardPolicy.BENCH, PaceLimits.NONE, PaceLimits.NONE, Map.of());

    public LedgerRules {
        Objects.requireNonNull(guard, "guard");
        Objects.requireNonNull(bench, "bench");
        Objects.requireNonNull(inAll, "inAll");
        Objects.requireNonNull(eachTrunk, "eachTrunk");
        trunks = Map.copyOf(trunks);
    }

    /** The same with another guard; over trunks on this machine, which may lead anywhere, numbers may be made up beside. */
    public LedgerRules guardedBy(GuardPolicy policy) {
        return new LedgerRules(policy, policy.onBench(), inAll, eachTrunk, trunks);
    }

    /** The same with another guard for trunks on this machine. */
    public LedgerRules guardedOnBenchBy(GuardPolicy policy) {
        return new LedgerRules(guard, policy, inAll, eachTrunk, trunks);
    }

    /** The same, with calls placed that fast over all trunks together. */
    public LedgerRules paced(PaceLimits limits) {
        return new LedgerRules(guard, bench, limits, eachTrunk, trunks);
    }

    /** The same, with calls placed that fast over one trunk. */
    public LedgerRules paced(String trunk, PaceLimits limits) {
        Map<String, PaceLimits> more = new HashMap<>(trunks);
        more.put(trunk, limits);
        return new LedgerRules(guard, bench, inAll, eachTrunk, more);
    }

    /** How fast calls are placed over one trunk. */
    public PaceLimits of(String trunk) {
        return trunks.getOrDefault(trunk, eachTrunk);
    }
}

package dev.outdial.dialer.examples;

import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.probe.ProbeReport;
import dev.outdial.dialer.trunk.Trunk;

/** Says whether a trunk works, and what to do where it does not: {@code ProbeTrunk sip:user@trunk password}. */
public final class ProbeTrunk {
    private ProbeTrunk() {}

    public static void main(String[] args) throws InterruptedException {
        Trunk trunk = Trunk.of("carrier", args[0]).withPassword(args[1]);
        try (Dialer dialer = Dialer.start(DialerConfig.of(trunk))) {
            System.out.println(probe(dialer).allWell() ? "all is well" : "see above");
        }
    }

    static ProbeReport probe(Dialer dialer) throws InterruptedException {
        ProbeReport report = dialer.probe("carrier");
        report.steps()
                .forEach(step -> System.out.println(step.name() + ": " + step.result() + ", " + step.seen()
                        + step.advice().map(todo -> " -> " + todo).orElse("")));
        return report;
    }
}

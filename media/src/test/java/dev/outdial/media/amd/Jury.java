package dev.outdial.media.amd;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Has recordings judged and counts how the verdicts compare with the truth. */
final class Jury {
    private static final int PACKET = 160;

    /** How one recording was judged. */
    record Judged(
            Recording recording,
            MachineVerdict verdict,
            MachineEvidence evidence,
            List<MachineFinding.GreetingEnded> ended) {
        boolean isRight() {
            return verdict == recording.truth();
        }
    }

    private final List<Judged> all;

    private Jury(List<Judged> all) {
        this.all = all;
    }

    static Jury of(List<Recording> recordings, MachineRules rules) {
        return new Jury(recordings.stream().map(each -> judge(each, rules)).toList());
    }

    static Judged judge(Recording recording, MachineRules rules) {
        var findings = new ArrayList<MachineFinding>();
        var ears = new MachineEars(rules, false, findings::add);
        var packet = new short[PACKET];
        short[] sound = recording.sound();
        for (int at = 0; at + PACKET <= sound.length; at += PACKET) {
            System.arraycopy(sound, at, packet, 0, PACKET);
            ears.put(packet, PACKET);
        }
        var undecided = new MachineEvidence(DecidedBy.TIME, sound.length / 8, false, 0, 0, 0, 0, 0, 0, 0, 0);
        MachineVerdict verdict = MachineVerdict.NOT_SURE;
        MachineEvidence evidence = undecided;
        var ended = new ArrayList<MachineFinding.GreetingEnded>();
        for (MachineFinding finding : findings) {
            switch (finding) {
                case MachineFinding.Decided decided -> {
                    verdict = decided.verdict();
                    evidence = decided.evidence();
                }
                case MachineFinding.GreetingEnded end -> ended.add(end);
            }
        }
        return new Judged(recording, verdict, evidence, ended);
    }

    List<Judged> all() {
        return all;
    }

    List<Judged> wrong() {
        return all.stream().filter(each -> !each.isRight()).toList();
    }

    long count(MachineVerdict truth, MachineVerdict verdict) {
        return all.stream()
                .filter(each -> each.recording().truth() == truth && each.verdict() == verdict)
                .count();
    }

    /** Of those that are so, how many were found. */
    double recall(MachineVerdict verdict) {
        return (double) count(verdict, verdict)
                / all.stream()
                        .filter(each -> each.recording().truth() == verdict)
                        .count();
    }

    /** Of those that were found so, how many are. */
    double precision(MachineVerdict verdict) {
        return (double) count(verdict, verdict)
                / all.stream().filter(each -> each.verdict() == verdict).count();
    }

    /** The confusion table as a page has it. */
    String table() {
        var text = new StringBuilder(
                "| who answers | judged human | machine | not sure | fax | silence |\n|---|---|---|---|---|---|\n");
        for (MachineVerdict truth : MachineVerdict.values()) {
            text.append("| ").append(truth.name().toLowerCase(Locale.ROOT).replace('_', ' '));
            for (MachineVerdict verdict : MachineVerdict.values())
                text.append(" | ").append(count(truth, verdict));
            text.append(" |\n");
        }
        for (MachineVerdict verdict : List.of(MachineVerdict.HUMAN, MachineVerdict.MACHINE))
            text.append(String.format(
                    Locale.ROOT,
                    "%s: precision %.3f, recall %.3f%n",
                    verdict.name().toLowerCase(Locale.ROOT),
                    precision(verdict),
                    recall(verdict)));
        Map<MachineVerdict, List<Long>> times = new EnumMap<>(MachineVerdict.class);
        for (Judged each : all)
            if (each.isRight())
                times.computeIfAbsent(each.verdict(), v -> new ArrayList<>())
                        .add(each.evidence().decidedAtMillis() - each.evidence().silenceMillis());
        times.forEach((verdict, list) -> {
            list.sort(null);
            text.append(String.format(
                    Locale.ROOT,
                    "%s: decided %d ms after the first word (median), %d ms at most%n",
                    verdict.name().toLowerCase(Locale.ROOT),
                    list.get(list.size() / 2),
                    list.getLast()));
        });
        return text.toString();
    }
}

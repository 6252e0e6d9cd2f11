package dev.outdial.media.amd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Greetings of all kinds, each judged by its sound. The rules were tuned on the odd seeds; the others were held out. */
class MachineCorpusTest {
    private static final long TUNED = 1;
    private static final long HELD_OUT = 2;

    @Test
    void personsAndMachinesAreToldApartInGreetingsThatNobodyTunedFor() {
        Jury jury = judged(HELD_OUT);

        assertThat(jury.all()).hasSizeGreaterThan(250);
        assertThat(jury.all().stream().filter(each -> each.recording().truth() == MachineVerdict.HUMAN))
                .hasSizeGreaterThan(90);
        assertThat(jury.all().stream().filter(each -> each.recording().truth() == MachineVerdict.MACHINE))
                .hasSizeGreaterThan(90);
        assertThat(jury.precision(MachineVerdict.HUMAN)).isGreaterThanOrEqualTo(0.88);
        assertThat(jury.recall(MachineVerdict.HUMAN)).isGreaterThanOrEqualTo(0.95);
        assertThat(jury.precision(MachineVerdict.MACHINE)).isGreaterThanOrEqualTo(0.95);
        assertThat(jury.recall(MachineVerdict.MACHINE)).isGreaterThanOrEqualTo(0.88);
        assertThat(jury.recall(MachineVerdict.FAX)).isEqualTo(1);
        assertThat(jury.precision(MachineVerdict.FAX)).isEqualTo(1);
        assertThat(jury.recall(MachineVerdict.SILENCE)).isEqualTo(1);

        // Of the greetings with a beep, nearly all are heard out to it, and to nothing before it.
        List<Jury.Judged> beeping = jury.all().stream()
                .filter(each -> each.recording().beepEndMillis() > 0 && each.isRight())
                .toList();
        List<Jury.Judged> heardOut = beeping.stream()
                .filter(each -> each.ended().size() == 1
                        && Math.abs(each.ended().getFirst().atMillis()
                                        - each.recording().beepEndMillis())
                                < 600)
                .toList();
        System.out.println("beep: " + heardOut.size() + " of " + beeping.size() + " heard out to it");
        assertThat(heardOut.size()).isGreaterThan(9 * beeping.size() / 10);
    }

    @Test
    @Tag("slow")
    void theTunedHalfIsNotJudgedMuchBetter() {
        Jury jury = judged(TUNED);

        assertThat(jury.recall(MachineVerdict.HUMAN)).isBetween(0.9, 1.0);
        assertThat(jury.recall(MachineVerdict.MACHINE)).isBetween(0.85, 1.0);
    }

    @Test
    void theSameSoundIsJudgedTheSame() {
        Recording recording = new Scene(7)
                .silence(300)
                .say(new FormantSpeaker("somebody", 120, 1, 1, 1).say("hello, smith speaking.", 3), -20)
                .room(3000)
                .noise(-50, 0.4)
                .heard("twice", MachineVerdict.HUMAN, 3000, dev.outdial.media.codec.AudioCodec.PCMU, 0.05);

        Jury.Judged first = Jury.judge(recording, MachineRules.DEFAULT);

        assertThat(Jury.judge(recording, MachineRules.DEFAULT)).isEqualTo(first);
        assertThat(first.verdict()).isEqualTo(MachineVerdict.HUMAN);
    }

    @Test
    void whateverIsHeardIsJudgedOnceAndNothingThrows() {
        for (long seed = 1; seed <= 40; seed++) {
            var random = new SplittableRandom(seed);
            var findings = new java.util.ArrayList<MachineFinding>();
            var ears = new MachineEars(MachineRules.DEFAULT, seed % 2 == 0, findings::add);
            var packet = new short[320];
            for (int n = 0; n < 1500; n++) {
                double loud = Math.pow(10, random.nextDouble() * 4.5);
                double hertz = random.nextInt(4000);
                boolean noise = random.nextBoolean();
                for (int i = 0; i < packet.length; i++)
                    packet[i] = (short) Math.max(
                            Short.MIN_VALUE,
                            Math.min(
                                    Short.MAX_VALUE,
                                    loud * (noise ? random.nextGaussian() : Math.sin(2 * Math.PI * hertz * i / 8000))));
                ears.put(packet, random.nextInt(packet.length + 1));
            }

            assertThat(findings.stream().filter(MachineFinding.Decided.class::isInstance))
                    .as("seed " + seed)
                    .hasSizeLessThanOrEqualTo(1);
            assertThat(findings).as("seed " + seed).hasSizeLessThanOrEqualTo(2);
        }
    }

    private static Jury judged(long seed) {
        Jury jury = Jury.of(Corpus.of(new Corpus.FormantCast(), seed), MachineRules.DEFAULT);
        System.out.println("seed " + seed + ", " + jury.all().size() + " greetings:\n" + jury.table());
        return jury;
    }
}

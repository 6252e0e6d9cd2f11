package dev.outdial.media.amd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.media.amd.MachineDetector.Event;
import dev.outdial.media.amd.MachineDetector.State;
import dev.outdial.media.amd.MachineFinding.Decided;
import dev.outdial.media.amd.MachineFinding.GreetingEnded;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stories told by when there is voice, silence and tone. */
class MachineDetectorTest {
    private final List<MachineFinding> findings = new ArrayList<>();
    private State state = MachineDetector.begin(MachineRules.DEFAULT, false);
    private long now;

    @Test
    void whoSaysHelloAndWaitsIsAPerson() {
        silence(600).word(450).silence(1500);

        Decided decided = (Decided) findings.getFirst();
        assertThat(decided.verdict()).isEqualTo(MachineVerdict.HUMAN);
        assertThat(decided.evidence())
                .isEqualTo(new MachineEvidence(DecidedBy.SHORT_GREETING, 1850, false, 600, 450, 450, 1, 0, 800, 0, 0));
        assertThat(findings).hasSize(1);
    }

    @Test
    void aReceptionistIsWaitedForLongerThanAShortGreeting() {
        silence(300).word(1200).silence(200).word(900).silence(3000);

        Decided decided = (Decided) findings.getFirst();
        assertThat(decided.verdict()).isEqualTo(MachineVerdict.HUMAN);
        assertThat(decided.evidence().decidedBy()).isEqualTo(DecidedBy.GREETING_AND_SILENCE);
        assertThat(decided.evidence().silenceAfterMillis()).isBetween(1200L, 1900L);
        assertThat(decided.evidence().longestPauseMillis()).isEqualTo(200);
        assertThat(decided.evidence().firstWordMillis()).isEqualTo(1200);
    }

    @Test
    void whoSpeaksOnAndOnIsAMachineAndIsDecidedWhileItSpeaks() {
        silence(300);
        for (int i = 0; i < 6; i++) word(900).silence(200);

        Decided decided = (Decided) findings.getFirst();
        assertThat(decided.verdict()).isEqualTo(MachineVerdict.MACHINE);
        assertThat(decided.evidence().decidedBy()).isEqualTo(DecidedBy.LONG_GREETING);
        assertThat(decided.evidence().decidedAtMillis())
                .isBetween(300L + MachineRules.DEFAULT.longestGreetingMillis(), 4400L);
    }

    @Test
    void aShortGreetingWithABeepAfterItIsAMachine() {
        silence(300).word(1500).silence(700).tone(300, 1000).silence(500);

        assertThat(findings).hasSize(2);
        Decided decided = (Decided) findings.getFirst();
        assertThat(decided.verdict()).isEqualTo(MachineVerdict.MACHINE);
        assertThat(decided.evidence().decidedBy()).isEqualTo(DecidedBy.BEEP);
        assertThat(decided.evidence().toneHertz()).isEqualTo(1000);
        assertThat(findings.get(1)).isEqualTo(new GreetingEnded(GreetingEnd.BEEP, 3050, 300));
    }

    @Test
    void afterALongGreetingTheBeepSaysWhenToSpeak() {
        silence(300).word(4000).silence(600).word(2000).silence(1200).tone(400, 1400);
        assertThat(findings).hasSize(1);

        silence(400);

        assertThat(findings.get(1)).isEqualTo(new GreetingEnded(GreetingEnd.BEEP, 8750, 400));
    }

    @Test
    void aToneInTheMiddleOfAGreetingIsNotItsEnd() {
        silence(300).word(4000).tone(200, 880).silence(100).word(3000).silence(3000);

        assertThat(findings).hasSize(2);
        assertThat(findings.get(1)).isEqualTo(new GreetingEnded(GreetingEnd.SILENCE, 10_100, 0));
    }

    @Test
    void aMachineThatNeverEndsIsNotWaitedForForEver() {
        silence(300);
        for (int i = 0; i < 80; i++) word(900).silence(100);

        assertThat(((GreetingEnded) findings.get(1)).how()).isEqualTo(GreetingEnd.TOO_LONG);
        assertThat(findings).hasSize(2);
    }

    @Test
    void whereNobodySpeaksItIsSilence() {
        silence(5000);

        Decided decided = (Decided) findings.getFirst();
        assertThat(decided.verdict()).isEqualTo(MachineVerdict.SILENCE);
        assertThat(decided.evidence().silenceMillis()).isEqualTo(MachineRules.DEFAULT.initialSilenceMillis());
    }

    @Test
    void aCoughIsNoGreeting() {
        silence(500).word(60).silence(1500).word(400).silence(1500);

        Decided decided = (Decided) findings.getFirst();
        assertThat(decided.verdict()).isEqualTo(MachineVerdict.HUMAN);
        assertThat(decided.evidence().silenceMillis()).isEqualTo(1500);
        assertThat(decided.evidence().greetingMillis()).isEqualTo(400);
    }

    @Test
    void whileItRingsNobodyIsWaitedForInVain() {
        tone(2000, 440).silence(4000).tone(2000, 440).silence(1500);
        assertThat(findings).isEmpty();

        word(400).silence(1500);

        assertThat(((Decided) findings.getFirst()).verdict()).isEqualTo(MachineVerdict.HUMAN);
    }

    @Test
    void busyTonesAreNobody() {
        for (int i = 0; i < 6; i++) tone(500, 480).silence(500);

        Decided decided = (Decided) findings.getFirst();
        assertThat(decided.verdict()).isEqualTo(MachineVerdict.NOT_SURE);
        assertThat(decided.evidence().decidedBy()).isEqualTo(DecidedBy.ONLY_TONES);
    }

    @Test
    void aFaxThatAnswersIsKnownWithinASecondAndOneThatCallsByItsFirstTone() {
        silence(500).tone(3000, 2100);
        assertThat(findings).hasSize(1);
        assertThat(((Decided) findings.getFirst()).verdict()).isEqualTo(MachineVerdict.FAX);
        assertThat(((Decided) findings.getFirst()).evidence().decidedAtMillis()).isBetween(1400L, 1500L);

        findings.clear();
        state = MachineDetector.begin(MachineRules.DEFAULT, false);
        now = 0;
        silence(500).tone(500, 1100).silence(200);
        assertThat(((Decided) findings.getFirst()).verdict()).isEqualTo(MachineVerdict.FAX);
    }

    @Test
    void aModemsToneIsBrokenByItsChangesOfPhase() {
        silence(500);
        for (int i = 0; i < 4; i++) tone(400, 2100).silence(50);

        assertThat(((Decided) findings.getFirst()).verdict()).isEqualTo(MachineVerdict.FAX);
    }

    @Test
    void theTelevisionBeforeTheGreetingDoesNotCount() {
        silence(100).word(1000, -45).silence(0).word(500, -20).silence(1500);

        Decided decided = (Decided) findings.getFirst();
        assertThat(decided.verdict()).isEqualTo(MachineVerdict.HUMAN);
        assertThat(decided.evidence().greetingMillis()).isEqualTo(500);
    }

    @Test
    void inEarlyMediaNobodyIsAPersonAndAnnouncementsAreMachines() {
        state = MachineDetector.begin(MachineRules.DEFAULT, true);

        silence(300).word(500).silence(6000);
        assertThat(findings).isEmpty();
        word(4000);

        Decided decided = (Decided) findings.getFirst();
        assertThat(decided.verdict()).isEqualTo(MachineVerdict.MACHINE);
        assertThat(decided.evidence().beforeAnswer()).isTrue();
    }

    @Test
    void tooManyWordsAreAMachines() {
        silence(300);
        for (int i = 0; i < 20; i++) word(120).silence(400);

        assertThat(((Decided) findings.getFirst()).verdict()).isNotEqualTo(MachineVerdict.HUMAN);
    }

    @Test
    void rulesThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new MachineRules(4000, 5000, 3200, 800, 2400, 8000, 100, 50, 14, 100, 2500, 60_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("longest greeting of 3200, expected 5000 to 60000");
    }

    private MachineDetectorTest silence(int millis) {
        return pass(millis);
    }

    private MachineDetectorTest word(int millis) {
        return word(millis, -20);
    }

    private MachineDetectorTest word(int millis, double levelDb) {
        long begin = now;
        take(new Event.VoiceBegan(now, begin, levelDb));
        pass(millis);
        take(new Event.VoiceEnded(now, begin, now, levelDb));
        return this;
    }

    private MachineDetectorTest tone(int millis, double hertz) {
        long begin = now;
        take(new Event.ToneBegan(now, begin, hertz, true));
        pass(millis);
        take(new Event.ToneEnded(now, begin, now, hertz));
        return this;
    }

    private MachineDetectorTest pass(int millis) {
        for (long end = now + millis; now < end; ) {
            now += 10;
            var deadline = MachineDetector.nextDeadlineMillis(state);
            if (deadline.isPresent() && deadline.getAsLong() <= now) take(new Event.TimePassed(now));
        }
        return this;
    }

    private void take(Event event) {
        MachineDetector.Step step = MachineDetector.step(state, event);
        state = step.next();
        findings.addAll(step.findings());
    }
}

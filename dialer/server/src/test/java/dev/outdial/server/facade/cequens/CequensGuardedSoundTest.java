package dev.outdial.server.facade.cequens;

import static dev.outdial.server.facade.cequens.CequensBench.TEXT;
import static dev.outdial.server.facade.cequens.CequensBench.member;
import static dev.outdial.server.serve.FacadeBench.phrases;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@Timeout(90)
class CequensGuardedSoundTest {
    private static final String CALLEE = "+201000000001";

    @TempDir
    private Path folder;

    @Test
    void e15_aFileAtAPrivateAddressIsNotFetchedAndTheWordsAreSaid() throws Exception {
        DialPlan callees = DialPlan.empty().with(CALLEE, Persona.of("answers", new Answer()));
        try (var cequens = new CequensBench(folder, callees, "OUTDIAL_SOUND_PRIVATE_ADDRESSES", "false")) {
            String url = cequens.bench.web.uri("/tone.wav").toString();
            cequens.call(CALLEE, ",\"repeat\":1" + member("audioUrl", url));
            assertThat(phrases(cequens.bench.awaitEndOfCallTo(CALLEE), TEXT)).containsExactly(TEXT);
            assertThat(cequens.bench.web.requests()).isEmpty();
        }
    }
}

package dev.outdial.media.dtmf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.media.dtmf.TelephoneEventSender.Output;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TelephoneEventSenderTest {
    private final TelephoneEventSender sender = new TelephoneEventSender();

    private List<String> packets() {
        var lines = new ArrayList<String>();
        while (sender.isBusy()) {
            Output output = sender.tick();
            var payload = ByteBuffer.allocate(4);
            if (output == Output.EVENT) sender.writePayload(payload);
            lines.add(
                    output == Output.PAUSE
                            ? "pause"
                            : (sender.marker() ? "M " : "") + payload.get(0) + " " + payload.getShort(2)
                                    + (payload.get(1) < 0 ? " E" : ""));
        }
        return lines;
    }

    @Test
    void aKeyGrowsEndsThreeTimesAndPauses() {
        sender.press('#', 8000, 20, 60, 100);
        assertThat(sender.timestamp()).isEqualTo(8000);
        assertThat(packets())
                .containsExactly("M 11 160", "11 320", "11 480 E", "11 480 E", "11 480 E", "pause", "pause", "pause");
        assertThat(sender.tick()).isEqualTo(Output.NONE);
    }

    @Test
    void otherPacketTimesRoundUp() {
        sender.press('D', 0, 30, 40, 0);
        assertThat(packets()).containsExactly("M 15 240", "15 480 E", "15 480 E", "15 480 E");
    }

    @Test
    void keysThatCannotBeAreRefused() {
        assertThatThrownBy(() -> sender.press('x', 0, 20, 40, 40)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sender.press('1', 0, 20, 9000, 40)).isInstanceOf(IllegalArgumentException.class);
        sender.press('1', 0, 20, 40, 40);
        assertThatThrownBy(() -> sender.press('1', 0, 20, 40, 40)).isInstanceOf(IllegalStateException.class);
    }
}

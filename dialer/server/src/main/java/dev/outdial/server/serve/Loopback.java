package dev.outdial.server.serve;

import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import java.util.UUID;

/** A trunk within the process, to try things with: whoever is called answers, hears, and nobody outside notices. */
final class Loopback implements AutoCloseable {
    static final String NAME = "loopback";

    static final String USER = "outdial";

    private static final int KEPT_CALLS = 50;
    private static final int KEPT_SOUND_SECONDS = 10;

    private final LoopbackTrunk trunk;
    private final String password = UUID.randomUUID().toString();

    /** @param callees who is called */
    Loopback(DialPlan callees) {
        trunk = LoopbackTrunk.builder()
                .dialPlan(callees)
                .user(USER, password)
                .keptCalls(KEPT_CALLS)
                .keepSoundSeconds(KEPT_SOUND_SECONDS)
                .start();
    }

    /** As the dialer reaches it. */
    Trunk trunk() {
        return Trunk.of(NAME, "sip:" + USER + "@127.0.0.1:" + trunk.port()).withPassword(password);
    }

    /** What it saw and heard. */
    LoopbackTrunk bench() {
        return trunk;
    }

    @Override
    public void close() {
        trunk.close();
    }
}

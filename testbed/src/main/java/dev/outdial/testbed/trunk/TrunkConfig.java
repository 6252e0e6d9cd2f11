package dev.outdial.testbed.trunk;

import dev.outdial.testbed.counting.CountingCallees;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.message.DigestAlgorithm;
import dev.outdial.testbed.rtp.G711;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What a trunk was built with; the meaning of each part is at {@link LoopbackTrunkBuilder}. Its text has no passwords. */
record TrunkConfig(
        InetSocketAddress listen,
        String realm,
        Map<String, String> passwords,
        DigestAlgorithm algorithm,
        boolean challengeRegister,
        boolean challengeInvite,
        Duration nonceLife,
        Duration longestRegistration,
        DialPlan plan,
        List<G711> laws,
        boolean calleesTalk,
        int keepSoundSeconds,
        Optional<CountingCallees> counting,
        int keptCalls,
        Optional<Path> recordings,
        Optional<Path> capture,
        Duration t1,
        Consumer<TrunkEvent> listener) {
    @Override
    public String toString() {
        return "TrunkConfig[listen=" + listen + ", realm=" + realm + ", users=" + passwords.keySet() + "]";
    }
}

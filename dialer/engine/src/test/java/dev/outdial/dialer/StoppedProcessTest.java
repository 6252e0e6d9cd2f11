package dev.outdial.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.testbed.trunk.LoopbackTrunk;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** SIGSTOP, which only a process of its own can be sent. */
@Tag("slow")
@Timeout(120)
class StoppedProcessTest {
    private static final Duration LEASE = Duration.ofSeconds(1);

    @Test
    void aProcessThatIsStoppedForLongerThanItsPermitSendsNoInvite() throws Exception {
        try (LoopbackTrunk trunk = LoopbackTrunk.builder().start()) {
            Process process = start(trunk, LEASE);
            try {
                BufferedReader said = process.inputReader();
                assertThat(said.readLine()).isEqualTo("permit");
                signal("STOP", process);
                // Its way is free while it stands still.
                process.outputWriter().append("go\n").flush();
                assertThat(process.waitFor(LEASE.toMillis() + 200, TimeUnit.MILLISECONDS))
                        .isFalse();
                signal("CONT", process);

                assertThat(said.readLine()).isEqualTo("outcome refused");
                assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(trunk.calls()).isEmpty();
            } finally {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void aProcessThatIsStoppedForLessDials() throws Exception {
        try (LoopbackTrunk trunk = LoopbackTrunk.builder().start()) {
            Process process = start(trunk, Duration.ofMinutes(1));
            try {
                BufferedReader said = process.inputReader();
                assertThat(said.readLine()).isEqualTo("permit");
                signal("STOP", process);
                process.outputWriter().append("go\n").flush();
                signal("CONT", process);

                assertThat(said.readLine()).isEqualTo("invited");
                assertThat(said.readLine()).isEqualTo("outcome busy");
                assertThat(trunk.calls()).hasSize(1);
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private static void signal(String name, Process process) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .inheritIO()
                .start();
        assertThat(kill.waitFor()).isZero();
    }

    private static Process start(LoopbackTrunk trunk, Duration lease) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PausedDialer.class.getName(),
                        "sip:1002@127.0.0.1:" + trunk.port(),
                        String.valueOf(lease.toMillis()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}

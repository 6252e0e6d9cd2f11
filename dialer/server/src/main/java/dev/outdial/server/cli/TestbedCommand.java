package dev.outdial.server.cli;

import dev.outdial.testbed.counting.CountingCallees;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import dev.outdial.testbed.trunk.LoopbackTrunkBuilder;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code outdial testbed}: keeps a loopback trunk up until somebody ends it. */
@Command(
        name = "testbed",
        description = "Keeps a loopback trunk up, with a callee of another kind under each number.",
        sortOptions = false)
final class TestbedCommand implements Callable<Integer> {
    private static final int SIP_PORT = 5060;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--listen",
            paramLabel = "HOST[:PORT]",
            defaultValue = "127.0.0.1:5060",
            description = "where to listen, UDP and TCP (default: ${DEFAULT-VALUE})")
    private String listen = "";

    @Option(
            names = "--user",
            paramLabel = "NAME",
            defaultValue = "alice",
            description = "who may register and call (default: ${DEFAULT-VALUE})")
    private String user = "";

    @Option(
            names = "--password",
            paramLabel = "PASS",
            defaultValue = "secret",
            description = "the password to challenge for (default: ${DEFAULT-VALUE}); empty for no challenge")
    private String password = "";

    @Option(names = "--recordings", paramLabel = "FOLDER", description = "where recording callees write what they hear")
    private @Nullable Path recordings;

    @Option(names = "--pcap", paramLabel = "FILE", description = "write everything that passes to a capture file")
    private @Nullable Path pcap;

    @Mixin
    private CountingMode counting = new CountingMode();

    @Override
    public Integer call() throws InterruptedException {
        var output = new Output(Objects.requireNonNull(spec).commandLine(), false);
        var stop = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.countDown();
            await(stopped);
        }));
        try {
            InetSocketAddress address = address();
            Optional<CountingCallees> callees = callees(address);
            try (LoopbackTrunk trunk = start(address, callees, output)) {
                introduce(trunk, output);
                stop.await();
            } finally {
                callees.ifPresent(CountingCallees::close);
            }
            callees.ifPresent(counted -> counting.tell(counted.report(), output));
        } finally {
            stopped.countDown();
        }
        return 0;
    }

    private void introduce(LoopbackTrunk trunk, Output output) {
        var address = new HostPort(trunk.address().getHostString(), trunk.port());
        output.line("A loopback trunk listens at " + address + ", UDP and TCP. Numbers:");
        output.line("");
        output.line((counting.isOn() ? DialPlan.counting() : DialPlan.standard()).toString());
        output.line(
                password.isEmpty()
                        ? "Nobody is challenged."
                        : "User " + user + " is challenged for the password given by --password.");
        output.line("Try: outdial call " + (counting.isOn() ? "1001" : "1000") + " --trunk sip:" + user + "@" + address
                + " --password ...");
    }

    private InetSocketAddress address() {
        HostPort where = HostPort.parse(listen, SIP_PORT);
        var address = new InetSocketAddress(where.host(), where.port());
        if (address.isUnresolved()) {
            throw new UsageException("--listen: cannot resolve host '" + where.host() + "'");
        }
        return address;
    }

    private LoopbackTrunk start(InetSocketAddress address, Optional<CountingCallees> callees, Output output) {
        if (user.isBlank()) {
            throw new UsageException("--user: the name is blank");
        }
        if (counting.isOn() && (recordings != null || pcap != null)) {
            throw new UsageException("--recordings and --pcap want the sound, which --count-only callees do not keep");
        }
        LoopbackTrunkBuilder builder = LoopbackTrunk.builder().listen(address);
        if (!password.isEmpty()) {
            builder.user(user, password);
        }
        if (recordings != null) {
            if (!Files.isDirectory(recordings)) {
                throw new UsageException("--recordings: " + recordings + " is not a folder");
            }
            builder.recordings(recordings);
        }
        if (pcap != null) {
            Path folder = pcap.toAbsolutePath().getParent();
            if (folder == null || !Files.isWritable(folder) || Files.isDirectory(pcap)) {
                throw new UsageException("--pcap: " + pcap + " cannot be written");
            }
            builder.capture(pcap);
        }
        callees.ifPresentOrElse(
                counted -> builder.counting(counted).dialPlan(DialPlan.counting()),
                () -> builder.listener(event -> output.progress(TrunkSentences.of(event))));
        try {
            return builder.start();
        } catch (UncheckedIOException unable) {
            throw notThere(unable);
        }
    }

    private Optional<CountingCallees> callees(InetSocketAddress address) {
        try {
            return counting.open(address.getAddress());
        } catch (UncheckedIOException unable) {
            throw notThere(unable);
        }
    }

    private UsageException notThere(UncheckedIOException unable) {
        Throwable cause = Objects.requireNonNullElse(unable.getCause(), unable);
        return new UsageException("cannot start the testbed at " + listen + ": " + cause.getMessage());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

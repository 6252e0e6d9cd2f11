package dev.outdial.dialer.call.probe;

import dev.outdial.dialer.probe.ProbeStep;
import dev.outdial.dialer.sound.SpeechEngine;
import dev.outdial.sip.message.AddressScope;
import dev.outdial.sip.message.HostPort;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Judges a machine. Pure. */
final class MachineVerdicts {
    private static final int OLDEST_JAVA = 21;

    /** A call has two: RTP and RTCP. */
    private static final long FILES_A_CALL = 2;

    private static final long FEWEST_FILES = 512;

    private MachineVerdicts() {}

    /** The virtual machine. */
    static ProbeStep java(int feature, String version) {
        return feature >= OLDEST_JAVA
                ? ProbeStep.ok("java", "Java " + version)
                : ProbeStep.failed("java", "Java " + version, "Java " + OLDEST_JAVA + " or later is needed");
    }

    /** The addresses that others could reach. */
    static ProbeStep addresses(List<InetAddress> addresses) {
        if (addresses.isEmpty()) {
            return ProbeStep.failed(
                    "addresses",
                    "no address but that of this machine itself",
                    "only a trunk on this machine can be reached: check the network");
        }
        String seen = addresses.stream().map(HostPort::of).collect(Collectors.joining(", "));
        return addresses.stream().allMatch(AddressScope::isInner)
                ? ProbeStep.ok("addresses", seen + ", behind a NAT where the trunk is elsewhere")
                : ProbeStep.ok("addresses", seen);
    }

    /** The port for SIP. */
    static ProbeStep sipPort(Optional<String> host, int port, Optional<String> trouble) {
        String wanted = port == 0 ? "any UDP port" : "UDP port " + port;
        if (trouble.isPresent()) {
            return ProbeStep.failed(
                    "sip-port",
                    trouble.get(),
                    "end the program that has the port, or name another address or port with --local");
        }
        if (host.isEmpty()) {
            return ProbeStep.ok("sip-port", "any, at the address that the route to the trunk uses");
        }
        return ProbeStep.ok("sip-port", wanted + " of " + host.get() + " is free");
    }

    /** The ports for RTP. */
    static ProbeStep rtpPorts(int first, int last, Optional<String> trouble) {
        return trouble.map(why -> ProbeStep.failed("rtp-ports", why, "name others with --rtp-ports"))
                .orElseGet(() -> ProbeStep.ok(
                        "rtp-ports", first + "-" + last + ", room for " + (last - first + 1) / 2 + " calls"));
    }

    /** Who speaks. */
    static ProbeStep speech(List<String> missing, List<SpeechEngine> engines) {
        if (!missing.isEmpty()) {
            return ProbeStep.failed(
                    "speech",
                    "there is no program " + String.join(", ", missing),
                    "install it, or name another one with --speech");
        }
        return engines.isEmpty()
                ? ProbeStep.skipped("speech", "nobody is to speak")
                : ProbeStep.ok(
                        "speech", engines.stream().map(MachineVerdicts::speaker).collect(Collectors.joining(", ")));
    }

    private static String speaker(SpeechEngine engine) {
        return switch (engine) {
            case SpeechEngine.Embedded embedded -> "FreeTTS, US English";
            case SpeechEngine.Program program ->
                "the program " + program.command().getFirst();
            case SpeechEngine.Service service -> "a service, which was not asked";
            case SpeechEngine.Provided provided -> provided.name() + " of the class path";
        };
    }

    /**
     * File descriptors.
     *
     * @param left how many more may be opened; empty where the system does not say
     */
    static ProbeStep files(OptionalLong left) {
        if (left.isEmpty()) {
            return ProbeStep.skipped("files", "the system does not say how many files may be open");
        }
        String seen = left.getAsLong() + " more files may be opened, enough for about "
                + left.getAsLong() / FILES_A_CALL + " calls";
        return left.getAsLong() >= FEWEST_FILES
                ? ProbeStep.ok("files", seen)
                : ProbeStep.failed("files", seen, "allow more open files: ulimit -n, or LimitNOFILE of the service");
    }
}

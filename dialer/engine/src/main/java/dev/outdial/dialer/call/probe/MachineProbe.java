package dev.outdial.dialer.call.probe;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.outdial.dialer.probe.ParkJitter;
import dev.outdial.dialer.probe.ProbeReport;
import dev.outdial.dialer.probe.ProbeStep;
import dev.outdial.dialer.sound.SpeechEngine;
import dev.outdial.media.net.RtpPorts;
import dev.outdial.media.net.RtpPortsExhaustedException;
import dev.outdial.sip.SipException;
import dev.outdial.sip.UserAgent;
import dev.outdial.sip.UserAgentConfig;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Looks at the machine that calls are to be made from. What is seen is judged elsewhere. <b>Threading:</b> one thread, which waits. */
public final class MachineProbe {
    private MachineProbe() {}

    /**
     * What is to be used of the machine.
     *
     * @param localHost the address for SIP and RTP; where empty, any
     * @param localPort the SIP port, 0 for any
     * @param firstRtpPort the lowest port for RTP
     * @param lastRtpPort the highest port for RTCP
     * @param engines who is to speak
     */
    public record Wanted(
            Optional<String> localHost, int localPort, int firstRtpPort, int lastRtpPort, List<SpeechEngine> engines) {
        /** Takes a copy. */
        public Wanted {
            engines = List.copyOf(engines);
        }
    }

    /** Looks at everything; takes about as long as the timer is watched. */
    public static ProbeReport look(Wanted wanted, Duration timerFor) {
        List<InetAddress> addresses = addresses();
        var steps = new ArrayList<ProbeStep>();
        steps.add(MachineVerdicts.java(
                Runtime.version().feature(), Runtime.version().toString()));
        steps.add(MachineVerdicts.addresses(addresses));
        steps.add(MachineVerdicts.sipPort(wanted.localHost(), wanted.localPort(), sipTrouble(wanted)));
        steps.add(MachineVerdicts.rtpPorts(wanted.firstRtpPort(), wanted.lastRtpPort(), rtpTrouble(wanted, addresses)));
        steps.add(MachineVerdicts.speech(
                wanted.engines().stream()
                        .map(MachineProbe::missing)
                        .flatMap(Optional::stream)
                        .toList(),
                wanted.engines()));
        steps.add(MachineVerdicts.files(fileLimit()));
        steps.add(TimerVerdict.of(ParkJitter.measure(timerFor)));
        return new ProbeReport(steps);
    }

    /** Those that far ends could reach, loopback left out. */
    private static List<InetAddress> addresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(MachineProbe::isUp)
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .toList();
        } catch (SocketException noNetwork) {
            return List.of();
        }
    }

    private static boolean isUp(NetworkInterface network) {
        try {
            return network.isUp();
        } catch (SocketException gone) {
            return false;
        }
    }

    private static Optional<String> sipTrouble(Wanted wanted) {
        try {
            UserAgent.open(new UserAgentConfig(wanted.localHost(), wanted.localPort(), "Outdial"))
                    .close();
            return Optional.empty();
        } catch (SipException unable) {
            return Optional.of(String.valueOf(unable.getMessage()));
        }
    }

    private static Optional<String> rtpTrouble(Wanted wanted, List<InetAddress> addresses) {
        try {
            InetAddress local = wanted.localHost().isPresent()
                    ? InetAddress.getByName(wanted.localHost().get())
                    : addresses.stream().findFirst().orElseGet(InetAddress::getLoopbackAddress);
            new RtpPorts(wanted.firstRtpPort(), wanted.lastRtpPort())
                    .open(local)
                    .close();
            return Optional.empty();
        } catch (UnknownHostException | RtpPortsExhaustedException | IllegalArgumentException unable) {
            return Optional.of(String.valueOf(unable.getMessage()));
        }
    }

    /** The program of that engine, where it is none that could be started. */
    private static Optional<String> missing(SpeechEngine engine) {
        return switch (engine) {
            case SpeechEngine.Program program ->
                program.command().stream().findFirst().filter(name -> !canBeStarted(name));
            case SpeechEngine.Embedded embedded -> Optional.empty();
            case SpeechEngine.Service service -> Optional.empty();
            case SpeechEngine.Provided provided -> Optional.empty();
        };
    }

    private static boolean canBeStarted(String name) {
        if (name.contains(File.separator)) {
            return Files.isExecutable(Path.of(name));
        }
        String folders = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(folders.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    private static OptionalLong fileLimit() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? OptionalLong.of(system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount())
                : OptionalLong.empty();
    }
}

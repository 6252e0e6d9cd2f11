package dev.outdial.server.cli;

import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.trace.Capture;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code call} that show what goes over the wire. */
final class WatchOptions {
    @Option(
            names = "--trace",
            description = "print the call's SIP messages as a ladder on standard error when it is over")
    private boolean trace;

    @Option(
            names = "--pcap",
            paramLabel = "FILE",
            description =
                    "write all SIP and RTP to a file for Wireshark; passwords, SRTP keys and pressed keys are blanked")
    private @Nullable Path pcap;

    @Option(names = "--pcap-keys", description = "leave the pressed keys in that file legible")
    private boolean showKeys;

    /** Whether the ladder is wanted. */
    boolean trace() {
        return trace;
    }

    /** The dialer that captures what is to be captured. */
    DialerConfig watching(DialerConfig config) {
        DialerConfig traced = trace ? config : config.withoutTracing();
        if (pcap == null) {
            if (showKeys) {
                throw new UsageException("--pcap-keys is for a --pcap file, and there is none");
            }
            return traced;
        }
        if (Files.isDirectory(pcap)) {
            throw new UsageException("--pcap: " + pcap + " is a folder");
        }
        return traced.capturing(new Capture(pcap, showKeys));
    }
}

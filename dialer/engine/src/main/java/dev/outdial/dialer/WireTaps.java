package dev.outdial.dialer;

import dev.outdial.dialer.call.pcap.Capturing;
import dev.outdial.dialer.call.pcap.PacketKeeper;
import dev.outdial.dialer.trace.Capture;
import dev.outdial.dialer.trace.PacketKeeping;
import dev.outdial.media.MediaConfig;
import dev.outdial.media.file.FileTrouble;
import dev.outdial.media.net.PacketTap;
import dev.outdial.sip.UserAgent;
import dev.outdial.sip.trace.CallLogs;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What of a dialer's traffic is kept in files for people to look at: all of it in one, or the packets of each call. <b>Threading:</b> any
 * thread.
 */
final class WireTaps implements AutoCloseable {
    private final Optional<Capturing> capturing;
    private final Optional<PacketKeeper> packets;

    private WireTaps(Optional<Capturing> capturing, Optional<PacketKeeper> packets) {
        this.capturing = capturing;
        this.packets = packets;
    }

    /** Keeps nothing. */
    static WireTaps none() {
        return new WireTaps(Optional.empty(), Optional.empty());
    }

    /** @throws DialerException if the file to capture to or the folder for packets cannot be written */
    static WireTaps open(DialerConfig config) {
        Optional<Capturing> capturing = config.capture().map(WireTaps::capturing);
        try {
            return new WireTaps(capturing, config.packets().map(WireTaps::keeping));
        } catch (DialerException unable) {
            capturing.ifPresent(Capturing::close);
            throw unable;
        }
    }

    private static Capturing capturing(Capture capture) {
        try {
            return Capturing.to(capture.file(), capture.showKeys());
        } catch (IOException unwritable) {
            throw new DialerException(
                    capture.file() + " cannot be written: " + FileTrouble.why(unwritable), unwritable);
        }
    }

    private static PacketKeeper keeping(PacketKeeping keeping) {
        try {
            return PacketKeeper.in(keeping.folder(), keeping.mostBytes(), keeping.showKeys());
        } catch (IOException unwritable) {
            throw new DialerException(keeping.folder() + " cannot be made: " + FileTrouble.why(unwritable), unwritable);
        }
    }

    /** Who keeps the packets of each call; empty where nobody looks at them. */
    Optional<PacketKeeper> packets() {
        return packets;
    }

    /** Has media pass its packets on; where nobody looks, nothing is spent on it. */
    MediaConfig into(MediaConfig media) {
        return Stream.concat(capturing.<PacketTap>map(one -> one).stream(), packets.stream())
                .reduce(PacketTap::and)
                .map(media::withTap)
                .orElse(media);
    }

    /**
     * Has SIP pass its messages on; where nobody looks, nothing is spent on it.
     *
     * @param logs keep them for each call
     */
    void watch(UserAgent userAgent, Optional<CallLogs> logs) {
        if (logs.isPresent() || capturing.isPresent()) {
            userAgent.tap(message -> {
                logs.ifPresent(kept -> kept.passed(message));
                capturing.ifPresent(file -> file.passed(message));
            });
        }
    }

    @Override
    public void close() {
        capturing.ifPresent(Capturing::close);
        packets.ifPresent(PacketKeeper::close);
    }
}

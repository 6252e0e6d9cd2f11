package dev.outdial.dialer.trace;

import dev.outdial.dialer.call.pcap.MergedFile;
import java.io.IOException;
import java.io.InputStream;

/**
 * What went over the wire in one call, as a file in the format of libpcap that is made as it is read. Immutable; of packets that are still
 * being kept it has those of when it was asked for.
 */
public final class CallCapture {
    private final MergedFile file;

    CallCapture(MergedFile file) {
        this.file = file;
    }

    /** How long it is. */
    public long byteLength() {
        return file.byteLength();
    }

    /** Reads it, from its begin each time; who opens it closes it. */
    public InputStream open() throws IOException {
        return file.open();
    }
}

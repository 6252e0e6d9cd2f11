package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.media.net.MediaLoop;
import dev.outdial.media.net.RtpPorts;
import dev.outdial.media.rtcp.NtpClock;
import dev.outdial.media.sdp.PayloadTypes;
import java.net.InetAddress;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SessionFaultTest {
    @Test
    void aSessionThatFailsSaysSoAndGivesItsPortsBack() throws Exception {
        var events = new LinkedBlockingQueue<MediaEvent>();
        var ports = new RtpPorts(22_500, 22_501);
        try (var loop = MediaLoop.start("test-media", 2);
                var workers = Executors.newScheduledThreadPool(1)) {
            var setup = new SessionRunner.Setup(
                    loop,
                    ports.open(InetAddress.getLoopbackAddress()),
                    SessionOptions.DEFAULT,
                    PayloadTypes.NONE,
                    workers,
                    new Random(1),
                    new NtpClock(0, 0),
                    "test",
                    events::add);
            var runner = new SessionRunner(setup, System.nanoTime());
            runner.post(() -> runner.failed(new IllegalStateException("planted")));

            assertThat(events.poll(10, TimeUnit.SECONDS)).isInstanceOf(MediaEvent.Failed.class);
            ports.open(InetAddress.getLoopbackAddress()).close();
        }
    }
}

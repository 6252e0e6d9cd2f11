package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.net.MediaLoop;
import dev.outdial.media.net.RtpPorts;
import dev.outdial.media.rtcp.NtpClock;
import dev.outdial.media.sdp.Capabilities;
import dev.outdial.media.sdp.PayloadTypes;
import dev.outdial.media.srtp.SrtpPolicy;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SessionFaultTest {
    @Test
    void termsThatCannotBeSealedEndTheSessionBeforeAnythingLeaves() throws Exception {
        var events = new LinkedBlockingQueue<MediaEvent>();
        var options = new SessionOptions(
                new Capabilities(List.of(AudioCodec.PCMU), 20, false, SrtpPolicy.REQUIRED), false, Duration.ZERO);
        var ports = new RtpPorts(22_502, 22_503);
        try (var loop = MediaLoop.start("test-media", 2);
                var workers = Executors.newScheduledThreadPool(1)) {
            var setup = new SessionRunner.Setup(
                    loop,
                    ports.open(InetAddress.getLoopbackAddress()),
                    options,
                    PayloadTypes.NONE,
                    workers,
                    new Random(1),
                    new NtpClock(0, 0),
                    "test",
                    events::add);
            var runner = new SessionRunner(setup, System.nanoTime());
            runner.start();
            runner.post(() -> runner.agree(SimulatedPair.TERMS, System.nanoTime()));

            assertThat(events.poll(10, TimeUnit.SECONDS)).isInstanceOf(MediaEvent.Failed.class);
            assertThat(runner.statistics().sent().packets()).isZero();
            ports.open(InetAddress.getLoopbackAddress()).close();
        }
    }

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

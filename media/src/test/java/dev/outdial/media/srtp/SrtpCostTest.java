package dev.outdial.media.srtp;

import static dev.outdial.media.srtp.SrtpSessionTest.SSRC;
import static dev.outdial.media.srtp.SrtpSessionTest.rtcp;
import static dev.outdial.media.srtp.SrtpSessionTest.rtp;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Security;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;

class SrtpCostTest {
    private static final int PACKETS = 20_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final SrtpKey key = SrtpKey.random(SrtpSuite.AES_CM_128_HMAC_SHA1_80, new Random(328));
    private final SrtpSession session = new SrtpSession(new SrtpTerms(key, key));
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(2048);
    private final byte[] rtp = rtp(0, SSRC);
    private final byte[] rtcp = rtcp(0);

    @Test
    void packetsMakeNoGarbageWhetherAuthenticOrForged() {
        run(0);
        long before = threads.getCurrentThreadAllocatedBytes();
        run(PACKETS);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(PACKETS);
    }

    /** All that a session does with packets, so many times. */
    private void run(int firstNumber) {
        for (int number = firstNumber; number < firstNumber + PACKETS; number++) {
            session.protect(buffer.clear().put(rtp).putShort(2, (short) number).flip());
            hear(SrtpVerdict.AUTHENTIC);
            buffer.limit(182);
            hear(SrtpVerdict.REPLAYED);
            buffer.putShort(2, (short) (number + 1));
            hear(SrtpVerdict.NOT_AUTHENTIC);
            buffer.putInt(8, number);
            hear(SrtpVerdict.NOT_AUTHENTIC);
            session.protectRtcp(buffer.clear().put(rtcp).flip());
            if (session.unprotectRtcp(buffer) != SrtpVerdict.AUTHENTIC) throw new AssertionError("report " + number);
        }
    }

    private void hear(SrtpVerdict expected) {
        SrtpVerdict verdict = session.unprotect(buffer);
        if (verdict != expected) throw new AssertionError(verdict + " instead of " + expected);
    }

    /** Notes what is asked of it, and has nothing. */
    private static final class Curious extends Provider {
        private final transient Set<String> asked = new HashSet<>();

        Curious() {
            super("Curious", "1", "asked before all others");
        }

        @Override
        public Service getService(String type, String algorithm) {
            asked.add(type);
            return super.getService(type, algorithm);
        }
    }

    @Test
    void otherProvidersThanTheJdksAreNotAsked() throws GeneralSecurityException {
        var curious = new Curious();
        Security.insertProviderAt(curious, 1);
        try {
            new SrtpSession(new SrtpTerms(key, key)).protect(buffer.put(rtp).flip());
            assertThat(curious.asked).doesNotContain("Cipher", "MessageDigest", "Mac");

            // Whoever does not say whose it shall be asks it.
            Cipher.getInstance("AES/ECB/NoPadding");
            MessageDigest.getInstance("SHA-1");
            assertThat(curious.asked).contains("Cipher", "MessageDigest");
        } finally {
            Security.removeProvider(curious.getName());
        }
    }
}

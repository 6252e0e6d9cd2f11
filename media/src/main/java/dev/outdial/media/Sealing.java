package dev.outdial.media;

import dev.outdial.media.srtp.SrtpPolicy;
import dev.outdial.media.srtp.SrtpSession;
import dev.outdial.media.srtp.SrtpTerms;
import dev.outdial.media.srtp.SrtpVerdict;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Seals what a session sends and opens what it receives, where that was agreed; lets it through where it was not. While keys are
 * on offer and nobody has said whether they are taken, what comes is of no use: sound and ciphertext look the same. Where
 * encryption is required nothing goes through in clear. <b>Threading:</b> belongs to the media loop.
 */
final class Sealing {
    private enum Mode {
        /** Keys are on offer: nothing is taken. */
        WAITING,
        CLEAR,
        SEALED
    }

    private final boolean required;
    private Mode mode;
    /** Kept while the far end wants it in clear: to begin anew with the same keys would encrypt two packets alike. */
    private Optional<SrtpSession> srtp = Optional.empty();

    private boolean agreed;
    private long rejected;

    Sealing(SrtpPolicy policy) {
        this.required = policy == SrtpPolicy.REQUIRED;
        this.mode = policy == SrtpPolicy.OFF ? Mode.CLEAR : Mode.WAITING;
    }

    /** What a provisional response says: how early media is sealed, until there is an agreement. */
    void early(Optional<SrtpTerms> terms) {
        if (agreed || terms.isEmpty() && required) return;
        take(terms);
    }

    /** @throws IllegalStateException for terms in clear where encryption is required; what held before holds on */
    void agree(Optional<SrtpTerms> terms) {
        if (terms.isEmpty() && required) throw new IllegalStateException("terms in clear, encryption is required");
        take(terms);
        agreed = true;
    }

    private void take(Optional<SrtpTerms> terms) {
        if (terms.isPresent()) {
            if (srtp.isPresent()) srtp.get().agree(terms.get());
            else srtp = Optional.of(new SrtpSession(terms.get()));
        }
        mode = terms.isPresent() ? Mode.SEALED : Mode.CLEAR;
    }

    /**
     * Seals the RTP packet between the buffer's position and limit.
     *
     * @throws IllegalStateException where it must not leave, above all in clear
     */
    void seal(ByteBuffer packet) {
        if (isSealed()) srtp.orElseThrow().protect(packet);
    }

    /** Seals the RTCP packet between the buffer's position and limit; {@link #seal} says the rest. */
    void sealRtcp(ByteBuffer packet) {
        if (isSealed()) srtp.orElseThrow().protectRtcp(packet);
    }

    private boolean isSealed() {
        if (mode == Mode.WAITING) throw new IllegalStateException("nothing is sent before it is known how");
        return mode == Mode.SEALED;
    }

    /** Opens an RTP datagram in place; false where it is not to be used. */
    boolean open(ByteBuffer datagram) {
        return switch (mode) {
            case CLEAR -> true;
            case WAITING -> reject();
            case SEALED -> srtp.orElseThrow().unprotect(datagram) == SrtpVerdict.AUTHENTIC || reject();
        };
    }

    /** Opens an RTCP datagram in place; false where it is not to be used. */
    boolean openRtcp(ByteBuffer datagram) {
        return switch (mode) {
            case CLEAR -> true;
            case WAITING -> reject();
            case SEALED -> srtp.orElseThrow().unprotectRtcp(datagram) == SrtpVerdict.AUTHENTIC || reject();
        };
    }

    private boolean reject() {
        rejected++;
        return false;
    }

    /** Datagrams that were not authentic, came again, could not be read, or came before it was known how to. */
    long rejected() {
        return rejected;
    }
}

package dev.outdial.media.sdp;

/** A session description that cannot be understood. The message names the line and what was expected. */
public final class SdpException extends Exception {
    SdpException(String message) {
        super(message);
    }
}

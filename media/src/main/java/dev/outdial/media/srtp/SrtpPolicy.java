package dev.outdial.media.srtp;

/** Whether the sound of a call is encrypted. */
public enum SrtpPolicy {
    /** Never: keys are neither offered nor taken. */
    OFF,
    /**
     * Where the far end can: keys are offered with {@code RTP/AVP}, and a far end that ignores them is spoken to in clear. What it
     * sends before its first description is lost, be it in clear: nobody can tell it from what is encrypted.
     */
    OFFERED,
    /** Always: {@code RTP/SAVP} is offered, and a far end without keys is declined. */
    REQUIRED
}

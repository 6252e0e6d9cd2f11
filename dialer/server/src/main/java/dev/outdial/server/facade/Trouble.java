package dev.outdial.server.facade;

/** Why a request was not served; each API has words of its own for it. */
public enum Trouble {
    /** Nothing is served at this path. */
    NO_SUCH_PLACE,
    /** The path is served, by another method. */
    OTHER_METHOD,
    /** The body is longer than it may be, or came too slowly. */
    BODY_REFUSED,
    /** The server is about to stop and takes nothing new. */
    DRAINING,
    /** Too many requests with a wrong password from there. */
    TOO_MANY_GUESSES,
    /** Our fault. */
    BROKEN
}

package dev.outdial.server.facade;

/**
 * Who asks.
 *
 * @param account whose calls it sees and makes
 * @param name its user name in this API; the beginning of its key where it has none
 */
public record Client(String account, String name) {}

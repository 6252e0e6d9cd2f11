package dev.outdial.server.calls;

/** An account that somebody wants; parts as in {@link AccountRecord}. */
public record NewAccount(String name, boolean enabled, boolean verified, boolean telephony) {}

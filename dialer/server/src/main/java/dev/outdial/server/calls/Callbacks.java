package dev.outdial.server.calls;

import java.time.Duration;

/**
 * Where the events of a call are sent besides the webhooks of its account.
 *
 * @param url http or https
 * @param method POST or GET
 * @param timeout how long one delivery may take
 * @param fallbackUrl tried where the first fails; empty for none
 * @param profile who renders the events: native, voipbin, bandwidth, cequens
 * @param extra what that one needs besides, in its own form; empty for nothing
 */
public record Callbacks(
        String url, String method, Duration timeout, String fallbackUrl, String profile, String extra) {}

package dev.outdial.server.webhook;

import dev.outdial.media.fetch.AddressRule;
import dev.outdial.media.fetch.FetchPolicy;
import dev.outdial.server.calls.Secret;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How events are told to others.
 *
 * @param privateAddresses whether receivers may be at loopback, private and other special addresses
 * @param ports which ports of receivers may be connected to; empty for any
 * @param timeout how long one request may take, from the name lookup to the head of the answer, 100 ms to 30 s
 * @param mostAtOnce how many requests go on at a time, to all receivers together, 16 to 4,096; to one they are 16 at most
 * @param callbackSecret what deliveries to the callbacks of single calls are signed with, {@code whsec_...}; empty for unsigned ones
 */
public record WebhookSettings(
        boolean privateAddresses,
        Set<Integer> ports,
        Duration timeout,
        int mostAtOnce,
        Optional<Secret> callbackSecret) {
    /** No try takes longer, in no manner. */
    static final Duration LONGEST_TRY = Duration.ofSeconds(30);

    /** Ports 80 and 443 of public addresses, 10 s a request. */
    public static final WebhookSettings DEFAULT =
            new WebhookSettings(false, Set.of(80, 443), Duration.ofSeconds(10), 512, Optional.empty());

    public WebhookSettings {
        ports = Set.copyOf(ports);
        for (int port : ports)
            if (port < 1 || port > 65535)
                throw new IllegalArgumentException("port " + port + " of webhooks is not 1 to 65535");
        if (timeout.toMillis() < 100 || timeout.compareTo(LONGEST_TRY) > 0)
            throw new IllegalArgumentException("webhook timeout " + timeout + ": 100 ms to 30 s are expected");
        if (mostAtOnce < 16 || mostAtOnce > 4096)
            throw new IllegalArgumentException(mostAtOnce + " webhooks at once: 16 to 4096 are expected");
        callbackSecret.ifPresent(SigningKey::of);
    }

    /** What may be connected to, and for how long. However long an answer says its body is, none of it is read. */
    FetchPolicy policy(Duration limit) {
        FetchPolicy policy = FetchPolicy.DEFAULT
                .withPorts(ports)
                .withMaxBytes(Long.MAX_VALUE)
                .withLimit(limit)
                .withMaxRedirects(0);
        return privateAddresses ? policy.withAddresses(AddressRule.ANY) : policy;
    }

    /** The same for receivers at any address and port: for one's own. */
    public WebhookSettings toAnywhere() {
        return new WebhookSettings(true, Set.of(), timeout, mostAtOnce, callbackSecret);
    }

    /** The same with another time for one request. */
    public WebhookSettings withTimeout(Duration other) {
        return new WebhookSettings(privateAddresses, ports, other, mostAtOnce, callbackSecret);
    }

    /** The same, signing callbacks of single calls. */
    public WebhookSettings withCallbackSecret(Secret secret) {
        return new WebhookSettings(privateAddresses, ports, timeout, mostAtOnce, Optional.of(secret));
    }
}

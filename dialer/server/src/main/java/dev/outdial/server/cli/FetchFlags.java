package dev.outdial.server.cli;

import dev.outdial.dialer.DialerConfig;
import picocli.CommandLine.Option;

/** The options that say from where sound may be fetched. */
final class FetchFlags {
    @Option(
            names = "--fetch-private",
            description = "fetch from private and loopback addresses and from any port, too: for servers of your own"
                    + " (default: ports 80 and 443 of public addresses)")
    private boolean fromAnywhere;

    /** The dialer that fetches so. */
    DialerConfig fetching(DialerConfig config) {
        return fromAnywhere
                ? config.withSound(
                        config.sound().withFetch(config.sound().fetch().fromAnywhere()))
                : config;
    }
}

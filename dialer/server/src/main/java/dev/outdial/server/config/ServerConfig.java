package dev.outdial.server.config;

import dev.outdial.dialer.guard.GuardPolicy;
import dev.outdial.dialer.pace.PaceLimits;
import dev.outdial.dialer.sound.SpeechEngine;
import dev.outdial.server.calls.Secret;
import dev.outdial.server.facade.FacadeOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a server is set up. Checked where it is {@linkplain ConfigReader read}; secrets do not show in its {@code toString}.
 *
 * @param data the folder of all that is kept
 * @param loopbackTrunk whether a trunk within the process takes calls, which then reach nobody outside
 * @param trunks the trunks to dial over, by distinct names
 * @param guard who may be dialled
 * @param pace how fast, over all trunks
 * @param tracing where calls are told as traces; empty for nowhere
 * @param drain how long calls may go on when the server ends
 * @param retention after how long what is over is deleted; zero for never
 * @param facades the APIs that are answered as other systems do, by their names
 * @param traces what is kept of what goes over the wire
 */
public record ServerConfig(
        Path data,
        boolean loopbackTrunk,
        Http http,
        StoreOptions store,
        Network network,
        List<TrunkOptions> trunks,
        GuardPolicy guard,
        PaceLimits pace,
        Webhooks webhooks,
        Sounds sounds,
        LogOptions log,
        Optional<Tracing> tracing,
        Duration drain,
        Duration retention,
        Map<String, FacadeOptions> facades,
        Traces traces) {
    /** Copies trunks and facades. */
    public ServerConfig {
        trunks = List.copyOf(trunks);
        facades = Map.copyOf(facades);
    }

    /**
     * The API.
     *
     * @param port 0 for any that is free
     * @param requestsPerSecond of one key
     * @param burst how many after a pause
     * @param atOnce requests of one key in work together
     * @param streams event streams of one key
     * @param connections of all
     */
    public record Http(
            String host,
            int port,
            Optional<KeyStoreFile> tls,
            double requestsPerSecond,
            int burst,
            int atOnce,
            int streams,
            int connections) {}

    /** A PKCS12 file with a key and its certificate. */
    public record KeyStoreFile(Path file, Secret password) {}

    /**
     * The store.
     *
     * @param url of PostgreSQL; empty for the embedded one in the data folder
     * @param lease how long a server may be silent
     */
    public record StoreOptions(Optional<String> url, String user, Secret password, int connections, Duration lease) {}

    /** Where SIP and RTP are sent from; parts as in {@code DialerConfig} and {@code NetworkOptions}. */
    public record Network(
            Optional<String> host,
            int sipPort,
            Optional<String> publicAddress,
            boolean learnsPublicAddress,
            List<String> nameServers,
            Optional<Path> tlsTrust,
            int firstRtpPort,
            int lastRtpPort) {
        /** Copies the name servers. */
        public Network {
            nameServers = List.copyOf(nameServers);
        }
    }

    /**
     * Where events are sent.
     *
     * @param callbackSecret what is sent to the callbacks of single calls is signed with
     */
    public record Webhooks(Reach reach, Optional<Secret> callbackSecret) {}

    /** Which addresses of the web may be connected to. */
    public record Reach(boolean privateAddresses, Set<Integer> ports) {
        /** Copies the ports. */
        public Reach {
            ports = Set.copyOf(ports);
        }
    }

    /**
     * Sounds.
     *
     * @param largestUpload in bytes
     * @param speech who speaks
     */
    public record Sounds(Reach reach, long largestUpload, Path media, Path recordings, List<SpeechEngine> speech) {
        /** Copies the engines. */
        public Sounds {
            speech = List.copyOf(speech);
        }
    }

    /**
     * What the log tells.
     *
     * @param level error, warn, info or debug
     * @param asJson whether each line is a JSON object
     */
    public record LogOptions(String level, boolean asJson, boolean maskNumbers, boolean maskKeys) {}

    /**
     * What is kept of what goes over the wire.
     *
     * @param messages whether the SIP messages of each call are
     * @param secrets whether those and the packets have their secrets still
     * @param series whether the figures of each second are
     * @param packets whether RTP and RTCP are
     * @param mostPacketBytes how much of those of one call
     */
    public record Traces(boolean messages, boolean secrets, boolean series, boolean packets, long mostPacketBytes) {}

    /**
     * Where calls are told as traces.
     *
     * @param endpoint http or https
     * @param headers sent with each request
     */
    public record Tracing(String endpoint, Map<String, Secret> headers, String serviceName) {
        /** Copies the headers. */
        public Tracing {
            headers = Map.copyOf(headers);
        }
    }

    /** The same with the API at another port. */
    public ServerConfig atPort(int port) {
        var other = new Http(
                http.host(),
                port,
                http.tls(),
                http.requestsPerSecond(),
                http.burst(),
                http.atOnce(),
                http.streams(),
                http.connections());
        return new ServerConfig(
                data,
                loopbackTrunk,
                other,
                store,
                network,
                trunks,
                guard,
                pace,
                webhooks,
                sounds,
                log,
                tracing,
                drain,
                retention,
                facades,
                traces);
    }
}

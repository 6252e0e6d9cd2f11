package dev.outdial.server.calls;

import java.util.List;
import java.util.Map;

/**
 * How a trunk is reached and used.
 *
 * @param host a name or an address
 * @param port 1 to 65535; 0 for what DNS or the transport says
 * @param transport udp, tcp or tls
 * @param outboundProxy {@code host}, {@code host:port} or a SIP URI; empty for none
 * @param authUsername empty where it is the user name
 * @param realm the only one that is answered; empty for the first that asks
 * @param expiresSeconds of a registration, 30 to 86400
 * @param fromDomain of From; empty for the host
 * @param techPrefix put before each number
 * @param techPostfix put after each number
 * @param headers more headers of each INVITE, X-... alone
 * @param codecs in order of preference
 * @param dtmf rfc4733, info, inband or auto
 * @param maxChannels calls at once
 * @param maxCallsPerSecond new calls a second
 * @param optionsSeconds how often it is asked by OPTIONS whether it is there; 0 for never
 * @param userPhone whether user=phone says of numbers that they are
 * @param srtp off, optional or required
 */
public record TrunkSettings(
        String name,
        String host,
        int port,
        String transport,
        String outboundProxy,
        String username,
        String authUsername,
        String realm,
        boolean register,
        int expiresSeconds,
        String fromDomain,
        String techPrefix,
        String techPostfix,
        Map<String, String> headers,
        List<String> codecs,
        String dtmf,
        int maxChannels,
        double maxCallsPerSecond,
        int optionsSeconds,
        boolean userPhone,
        String srtp) {
    /** Copies the collections. */
    public TrunkSettings {
        headers = Map.copyOf(headers);
        codecs = List.copyOf(codecs);
    }
}

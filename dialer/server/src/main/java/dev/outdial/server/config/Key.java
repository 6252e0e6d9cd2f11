package dev.outdial.server.config;

import java.util.List;
import java.util.stream.Stream;

/**
 * One setting.
 *
 * @param path sections and name with dots between them, as {@code http.port}
 * @param byDefault what holds where nothing is said, as it is written in the file; lists with commas
 * @param explanation a sentence for its user
 * @param isList whether it may be several
 * @param isSecret whether its value is shown to nobody
 */
record Key(String path, String byDefault, String explanation, boolean isList, boolean isSecret) {
    /** The settings of a server, in the order in which the file has them; trunks are beside them. */
    static final List<Key> SERVER = Stream.concat(
                    Stream.of(
                            of(
                                    "data",
                                    "outdial-data",
                                    "Folder of the embedded store, recordings, uploads and packets; from this file's folder."),
                            of(
                                    "loopback_trunk",
                                    "false",
                                    "A trunk within this process, over which calls reach nobody outside: to try things."),
                            of("drain", "30s", "How long calls that are up may go on when the server is told to end."),
                            of(
                                    "retention",
                                    "90d",
                                    "After how long calls that are over, their events and their recordings are deleted; 0 for never."),
                            of(
                                    "http.host",
                                    "127.0.0.1",
                                    "The address of the API; another than this machine's own is taken once an access key exists."),
                            of("http.port", "8080", "Its port; 0 for any that is free."),
                            of(
                                    "http.tls.keystore",
                                    "",
                                    "A PKCS12 file with key and certificate; plain HTTP without one."),
                            secret(
                                    "http.tls.password",
                                    "The password of that file; better given as OUTDIAL_HTTP_TLS_PASSWORD."),
                            of("http.requests_per_second", "50", "How many requests a second one access key may make."),
                            of("http.burst", "100", "How many of them at once after a pause."),
                            of("http.at_once", "20", "How many requests of one key may be in work together."),
                            of("http.streams", "10", "How many event streams one key may hold open."),
                            of("http.connections", "2000", "How many connections there may be in all."),
                            of(
                                    "store.url",
                                    "",
                                    "jdbc:postgresql://host/database; empty for the embedded store in the data folder."),
                            of("store.user", "", "The database's user."),
                            secret("store.password", "The user's password; better given as OUTDIAL_STORE_PASSWORD."),
                            of("store.connections", "10", "How many transactions run at a time, 1 to 200."),
                            of(
                                    "store.lease",
                                    "15s",
                                    "Several servers on one database: after how long a silent one counts as dead."),
                            of(
                                    "sip.host",
                                    "",
                                    "The local address for SIP and RTP; empty for the one of the route to each trunk."),
                            of("sip.port", "5060", "The local SIP port, UDP and TCP; 0 for any that is free."),
                            of(
                                    "sip.public_address",
                                    "",
                                    "The address that far ends are told, behind a NAT set up by hand: 192.0.2.1 or 192.0.2.1:5062."),
                            of(
                                    "sip.learn_public_address",
                                    "true",
                                    "Whether they are told the address that the trunk sees."),
                            list(
                                    "sip.name_servers",
                                    "Name servers to ask, as 192.0.2.53 or 192.0.2.53:5353; empty for the system's."),
                            of(
                                    "sip.tls_trust",
                                    "",
                                    "A file of the certificates that are trusted (PEM or PKCS12); empty for Java's."),
                            of("rtp.first_port", "16384", "The lowest port for RTP, even; each call takes two."),
                            of("rtp.last_port", "32767", "The highest one."),
                            of(
                                    "guard.home",
                                    "",
                                    "ISO code of the country whose national numbers are dialled, as US; without it numbers begin with +."),
                            list("guard.countries", "ISO codes of the countries that may be dialled; empty for all."),
                            list("guard.allow", "Prefixes that may be dialled in any case, as +44."),
                            list("guard.deny", "Prefixes that may not be dialled; the longer one wins."),
                            list("guard.per_number", "How often one number may be called, as \"3 in 1d\"."),
                            of("guard.quiet_hours", "", "When nobody is called by the callee's clock, as 21:00-08:00."),
                            of(
                                    "pace.calls_per_second",
                                    "0",
                                    "How many calls begin in a second over all trunks; 0 for any number."),
                            of(
                                    "pace.at_once",
                                    "0",
                                    "How many calls go on at the same time over all trunks; 0 for any number."),
                            of(
                                    "webhooks.private_addresses",
                                    "false",
                                    "Whether webhooks may go to private and loopback addresses."),
                            list("webhooks.ports", "443, 80", "The ports that they may go to."),
                            secret(
                                    "webhooks.callback_secret",
                                    "What is sent to the callbacks of single calls is signed with it, whsec_...; empty for unsigned."),
                            of(
                                    "sound.private_addresses",
                                    "false",
                                    "Whether sounds may be fetched from private and loopback addresses."),
                            list("sound.ports", "443, 80", "The ports that they may be fetched from."),
                            of("sound.largest", "50MB", "The largest upload."),
                            list(
                                    "sound.speech",
                                    "freetts",
                                    "Who speaks, the first that knows the language: freetts (US English), exec:COMMAND (as exec:espeak-ng), http(s)://..., or the name of an engine on the class path."),
                            of("sound.media", "", "Folder of uploads; empty for media in the data folder."),
                            of(
                                    "sound.recordings",
                                    "",
                                    "Folder of recordings; empty for recordings in the data folder."),
                            of(
                                    "trace.sip",
                                    "true",
                                    "Whether the SIP messages of each call are kept, at most 16 KB of an attempt, as long as the call is."),
                            of(
                                    "trace.secrets",
                                    "false",
                                    "Whether they are stored with what proves who we are, keys of SRTP and pressed keys, for admins who ask."),
                            of(
                                    "trace.series",
                                    "true",
                                    "Whether jitter, loss and level of each second of a call are kept."),
                            of(
                                    "trace.rtp",
                                    "false",
                                    "Whether the RTP and RTCP of each call are kept in packets in the data folder, for its pcap; about 23 kB a second of a call."),
                            of(
                                    "trace.rtp_largest",
                                    "20MB",
                                    "How much of that is kept of a call; what comes then is left out."),
                            of("log.level", "info", "error, warn, info or debug."),
                            of("log.format", "text", "text, or json: one object a line, with the call that it is of."),
                            of(
                                    "log.mask_numbers",
                                    "true",
                                    "Whether telephone numbers lose their middle digits in the log."),
                            of("log.mask_keys", "true", "Whether keys that were pressed are left out of the log."),
                            of(
                                    "tracing.otlp.endpoint",
                                    "",
                                    "Where calls are told as OpenTelemetry traces, as http://127.0.0.1:4318/v1/traces; empty for nowhere."),
                            new Key(
                                    "tracing.otlp.headers",
                                    "",
                                    "Headers sent there, as name=value; better given as OUTDIAL_TRACING_OTLP_HEADERS.",
                                    true,
                                    true),
                            of("tracing.service_name", "outdial", "As which this server is known there.")),
                    FacadeKeys.ALL.stream())
            .toList();

    /** The settings of one trunk. */
    static final List<Key> TRUNK = List.of(
            of("name", "", "What calls name it by."),
            of("host", "", "Its name or address."),
            of("port", "0", "Its port; 0 for what DNS or the transport says."),
            of("transport", "udp", "udp, tcp or tls."),
            of(
                    "outbound_proxy",
                    "",
                    "Where requests go in place of host: host, host:port or sip:host:port;transport=...; empty for none."),
            of("username", "", "Whose address of record requests bear."),
            of("auth_username", "", "The name for digest authentication; empty for username."),
            secret("password", "Its password; better given as OUTDIAL_TRUNKS_<NAME>_PASSWORD."),
            of("realm", "", "The only digest realm that is given the password; empty for the first that asks."),
            of("register", "true", "Whether to register."),
            of("expires", "300", "For how long a registration is asked, 30s to 1d."),
            of(
                    "options_every",
                    "0",
                    "How often in seconds it is asked by OPTIONS whether it is there, up to 3600; 0 for never."),
            of("caller_id", "", "The number to call from; empty for username."),
            of("display_name", "", "The name beside it."),
            of("from_domain", "", "The host of From in calls; empty for the trunk's own."),
            of("tech_prefix", "", "Put before each number that is dialled: up to 20 letters, digits, *, # or +."),
            of("tech_postfix", "", "Put after it."),
            list("headers", "More headers of each INVITE, as X-Name=value."),
            of("user_phone", "false", "Whether user=phone is said of what looks like a number."),
            list("codecs", "pcmu, pcma", "What is offered, best first: pcmu, pcma, g722, opus, l16."),
            of("dtmf", "rfc4733", "How keys go out: rfc4733 or info."),
            of("srtp", "off", "off, optional or required."),
            of("symmetric_rtp", "false", "Whether sound is sent to where it comes from: for far ends behind a NAT."),
            of("max_channels", "10", "How many calls at once; 0 for any number."),
            of("max_cps", "2", "How many new calls a second; 0 for any number."));

    static Key of(String path, String byDefault, String explanation) {
        return new Key(path, byDefault, explanation, false, false);
    }

    static Key list(String path, String explanation) {
        return list(path, "", explanation);
    }

    static Key list(String path, String byDefault, String explanation) {
        return new Key(path, byDefault, explanation, true, false);
    }

    static Key secret(String path, String explanation) {
        return new Key(path, "", explanation, false, true);
    }

    /** The environment's name for it: {@code http.port} is {@code OUTDIAL_HTTP_PORT}. */
    String variable(String prefix) {
        return prefix + path.replace('.', '_').toUpperCase(java.util.Locale.ROOT);
    }
}

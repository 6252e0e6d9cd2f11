package dev.outdial.dialer.call.probe;

import dev.outdial.dialer.probe.ProbeStep;
import dev.outdial.sip.message.TransportProtocol;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Judges whether something comes back from where a trunk was found. Pure. */
final class TransportVerdict {
    static final String NAME = "transport";

    private static final Duration RENEWAL = Duration.ofDays(14);

    private TransportVerdict() {}

    /**
     * What it means.
     *
     * @param hops best first, at least one
     * @param registrarSpoke whether the registrar has answered, whoever answers OPTIONS
     */
    static ProbeStep of(List<HopSeen> hops, boolean registrarSpoke, Instant now) {
        String seen = hops.stream().map(TransportVerdict::sentence).collect(Collectors.joining("; "));
        Optional<HopSeen> reached = hops.stream().filter(HopSeen::reached).findFirst();
        HopSeen first = hops.getFirst();
        if (reached.isEmpty() && registrarSpoke && first.trial().isEmpty()) {
            return ProbeStep.ok(NAME, seen + "; but it answers REGISTER");
        }
        if (reached.isEmpty()) {
            return ProbeStep.failed(NAME, seen, advice(first));
        }
        ProbeStep well = ProbeStep.ok(NAME, seen);
        Optional<String> renewal =
                reached.get().trial().flatMap(Trial::certificate).flatMap(c -> ending(c, now));
        if (renewal.isPresent()) {
            return well.advising(renewal.get());
        }
        return first.reached()
                ? well
                : well.advising("the best way does not work, calls take another: " + advice(first));
    }

    private static String sentence(HopSeen seen) {
        if (seen.trial().isEmpty()) {
            return seen.hop() + udp(seen.reply());
        }
        Trial trial = seen.trial().get();
        String certificate = trial.certificate().map(TransportVerdict::sentence).orElse("");
        return trial.failure()
                .map(why -> seen.hop() + " cannot be used: " + why + certificate)
                .orElseGet(() -> seen.hop() + " took the connection within " + trial.millis() + " ms" + certificate);
    }

    private static String udp(Reply reply) {
        return switch (reply) {
            case Reply.Answered answered -> " answers";
            case Reply.Silent silent -> " says nothing";
            case Reply.Failed failed -> " cannot be used: " + failed.why();
        };
    }

    private static String sentence(Trial.Shown certificate) {
        return ", certificate for "
                + (certificate.names().isEmpty() ? "nobody" : String.join(", ", certificate.names())) + " until "
                + certificate.until().atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private static Optional<String> ending(Trial.Shown certificate, Instant now) {
        Duration left = Duration.between(now, certificate.until());
        return left.compareTo(RENEWAL) < 0
                ? Optional.of("the trunk's certificate expires in " + left.toDays()
                        + " days: unless the provider renews it, calls fail then")
                : Optional.empty();
    }

    private static String advice(HopSeen seen) {
        String why = seen.trial()
                .flatMap(Trial::failure)
                .orElse(seen.reply() instanceof Reply.Failed failed ? failed.why() : "");
        if (why.contains("not signed by anybody")) {
            return "if the provider signs its certificates itself, name its authority's file with --tls-trust (from Java:"
                    + " DialerConfig.trusting); otherwise somebody stands in between";
        }
        if (why.contains("is not one for")) {
            return "write the host in the trunk's URI as the certificate names it";
        }
        if (why.contains("has expired") || why.contains("not valid")) {
            return "check this machine's clock; if it is right, the provider has to renew the certificate";
        }
        if (why.contains("does not speak TLS")) {
            return "that port is not for TLS: leave out ;transport=tls, or name the port for TLS, mostly 5061";
        }
        if (why.contains("neither TLS 1.3")) {
            return "the trunk speaks only old versions of TLS, which are not safe: ask the provider, or use ;transport=tcp";
        }
        if (why.contains("refused")) {
            return "nobody listens there: check the port in the trunk's URI and the transport";
        }
        return seen.hop().transport() == TransportProtocol.UDP
                ? "a firewall on the way, a wrong port, or a trunk that wants TCP or TLS: try ;transport=tcp or"
                        + " ;transport=tls, and look whether UDP may leave this network"
                : "a firewall on the way, or a wrong port: look whether this network lets connections out to it, and try"
                        + " ;transport=udp";
    }
}

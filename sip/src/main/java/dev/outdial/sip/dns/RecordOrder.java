package dev.outdial.sip.dns;

import dev.outdial.sip.dns.DnsRecord.Naptr;
import dev.outdial.sip.dns.DnsRecord.Srv;
import dev.outdial.sip.message.TransportProtocol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;

/** In which order records are tried. Functions; the only chance in them is an argument. */
final class RecordOrder {
    private RecordOrder() {}

    /**
     * A service to ask SRV records of.
     *
     * @param name such as {@code _sip._udp.example.com}
     */
    record Service(String name, TransportProtocol transport) {}

    /**
     * The services that we can use, best first (RFC 3263 section 4.1): by order, then by preference, then as they came.
     *
     * @param secure whether only TLS will do
     */
    static List<Service> services(List<Naptr> records, boolean secure) {
        var services = new ArrayList<Service>();
        records.stream()
                .filter(record -> record.flags().equalsIgnoreCase("s"))
                .sorted(Comparator.comparingInt(Naptr::order).thenComparingInt(Naptr::preference))
                .forEach(record -> transport(record)
                        .filter(transport -> !secure || transport == TransportProtocol.TLS)
                        .map(transport -> new Service(record.replacement(), transport))
                        .filter(service -> !services.contains(service))
                        .ifPresent(services::add));
        return List.copyOf(services);
    }

    private static Optional<TransportProtocol> transport(Naptr record) {
        return switch (record.service().toUpperCase(Locale.ROOT)) {
            case "SIP+D2U" -> Optional.of(TransportProtocol.UDP);
            case "SIP+D2T" -> Optional.of(TransportProtocol.TCP);
            case "SIPS+D2T" -> Optional.of(TransportProtocol.TLS);
            default -> Optional.empty();
        };
    }

    /** The services that a domain without NAPTR records may have (RFC 3263 section 4.1), in the order in which we prefer them. */
    static List<Service> guessed(String domain, List<TransportProtocol> transports) {
        return transports.stream()
                .map(transport -> new Service(prefix(transport) + domain, transport))
                .toList();
    }

    private static String prefix(TransportProtocol transport) {
        return switch (transport) {
            case UDP -> "_sip._udp.";
            case TCP -> "_sip._tcp.";
            case TLS -> "_sips._tcp.";
        };
    }

    /**
     * The servers in the order in which to try them (RFC 2782): lower priorities first, and within one a draw by weight.
     *
     * @param draw gives a number from 0 to below its argument, each as likely as the others
     */
    static List<Srv> servers(List<Srv> records, IntUnaryOperator draw) {
        var byPriority = new TreeMap<Integer, List<Srv>>();
        records.forEach(record -> byPriority
                .computeIfAbsent(record.priority(), priority -> new ArrayList<>())
                .add(record));
        var ordered = new ArrayList<Srv>();
        for (Map.Entry<Integer, List<Srv>> group : byPriority.entrySet()) drawn(group.getValue(), draw, ordered);
        return List.copyOf(ordered);
    }

    private static void drawn(List<Srv> group, IntUnaryOperator draw, List<Srv> ordered) {
        // Weight 0 stands in front, so that it is drawn where the number is 0, and hardly ever otherwise.
        group.sort(Comparator.comparing(record -> record.weight() > 0));
        while (!group.isEmpty()) {
            int total = group.stream().mapToInt(Srv::weight).sum();
            int drawn = draw.applyAsInt(total + 1);
            int chosen = 0;
            int sum = group.getFirst().weight();
            while (sum < drawn) sum += group.get(++chosen).weight();
            ordered.add(group.remove(chosen));
        }
    }
}

package dev.outdial.sip.dns;

import dev.outdial.sip.dns.DnsRecord.Address;
import dev.outdial.sip.dns.DnsRecord.Naptr;
import dev.outdial.sip.dns.DnsRecord.Srv;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.NAPTRRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What a message of a name server says about a question. */
sealed interface MessageReading {
    int MOST_ALIASES = 8;

    /** It answers it. */
    record Said(Answer answer) implements MessageReading {}

    /**
     * It says that the name stands for another, and nothing about that one.
     *
     * @param ttlSeconds how long that holds
     */
    record Alias(Name target, long ttlSeconds) implements MessageReading {}

    /**
     * Reads a message. Records of other names than the one asked for, or its aliases, are not believed.
     *
     * @param type as {@link Type} numbers them
     */
    static MessageReading of(Message message, Name asked, int type) {
        int code = message.getRcode();
        if (code == Rcode.NXDOMAIN) return new Said(new Answer.Nothing(false, negativeTtl(message)));
        if (code != Rcode.NOERROR)
            return new Said(new Answer.Failed(Answer.Failure.BROKEN, "the name server answers " + Rcode.string(code)));
        List<Record> answers = message.getSection(Section.ANSWER);
        Name name = asked;
        long ttlSeconds = Long.MAX_VALUE;
        for (int i = 0; i <= MOST_ALIASES; i++) {
            var records = new ArrayList<DnsRecord>();
            Optional<CNAMERecord> alias = Optional.empty();
            for (Record record : answers) {
                if (!record.getName().equals(name)) continue;
                if (record instanceof CNAMERecord cname) alias = Optional.of(cname);
                Optional<DnsRecord> value = record.getType() == type ? value(record) : Optional.empty();
                if (value.isPresent()) {
                    records.add(value.get());
                    ttlSeconds = Math.min(ttlSeconds, record.getTTL());
                }
            }
            if (!records.isEmpty()) return new Said(new Answer.Found(records, ttlSeconds));
            if (alias.isEmpty()) break;
            ttlSeconds = Math.min(ttlSeconds, alias.get().getTTL());
            name = alias.get().getTarget();
        }
        boolean ended =
                name.equals(asked) || !message.getSection(Section.AUTHORITY).isEmpty();
        return ended
                ? new Said(new Answer.Nothing(true, Math.min(ttlSeconds, negativeTtl(message))))
                : new Alias(name, ttlSeconds);
    }

    // RFC 2308 section 5: the lower of the two numbers in the SOA record.
    private static long negativeTtl(Message message) {
        for (Record record : message.getSection(Section.AUTHORITY)) {
            if (record instanceof SOARecord soa) return Math.min(soa.getTTL(), soa.getMinimum());
        }
        return 0;
    }

    private static Optional<DnsRecord> value(Record record) {
        return switch (record) {
            case ARecord a -> Optional.of(new Address(a.getAddress()));
            case AAAARecord aaaa -> Optional.of(new Address(aaaa.getAddress()));
            case SRVRecord srv ->
                Optional.of(new Srv(srv.getPriority(), srv.getWeight(), srv.getPort(), plain(srv.getTarget())));
            case NAPTRRecord naptr ->
                Optional.of(new Naptr(
                        naptr.getOrder(),
                        naptr.getPreference(),
                        naptr.getFlags(),
                        naptr.getService(),
                        plain(naptr.getReplacement())));
            default -> Optional.empty();
        };
    }

    private static String plain(Name name) {
        return Question.plain(name.toString(true));
    }
}

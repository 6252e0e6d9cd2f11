package dev.outdial.sip.dns;

import java.util.List;

/** What became of a question. */
sealed interface Answer {
    /**
     * There are records.
     *
     * @param records at least one, all of the type that was asked for
     * @param ttlSeconds how long they hold, as the name server says
     */
    record Found(List<DnsRecord> records, long ttlSeconds) implements Answer {
        public Found {
            if (records.isEmpty()) throw new IllegalArgumentException("found, but no records");
            records = List.copyOf(records);
        }

        <R extends DnsRecord> List<R> of(Class<R> kind) {
            return records.stream().filter(kind::isInstance).map(kind::cast).toList();
        }
    }

    /**
     * There are none.
     *
     * @param nameExists whether the name has records of other types
     * @param ttlSeconds how long that holds (RFC 2308 section 5); 0 where the name server does not say
     */
    record Nothing(boolean nameExists, long ttlSeconds) implements Answer {}

    /**
     * Nobody knows.
     *
     * @param why half a sentence
     */
    record Failed(Failure failure, String why) implements Answer {}

    /** Why nobody knows. */
    enum Failure {
        /** No name server answered in time. */
        SILENT,
        /** No name server can be reached. */
        UNREACHABLE,
        /** A name server answered that it cannot tell, or with what makes no sense. */
        BROKEN
    }
}

package dev.outdial.testbed.dns;

import dev.outdial.testbed.dns.Reply.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the server knows. Safe for any thread. */
final class Zone {
    private static final int MOST_ALIASES = 8;

    private final Map<String, List<Entry>> entries = new ConcurrentHashMap<>();
    private volatile int negativeTtlSeconds = -1;

    void add(Entry entry) {
        entries.computeIfAbsent(Question.of(entry.name(), 0).name(), name -> new CopyOnWriteArrayList<>())
                .add(entry);
    }

    void remove(String name) {
        entries.remove(Question.of(name, 0).name());
    }

    void negativeTtl(int seconds) {
        negativeTtlSeconds = seconds;
    }

    /** The answer as a name server gives it that looks further: aliases come with what they lead to, as far as we know it. */
    byte[] answer(Query query) {
        var answers = new ArrayList<Entry>();
        String name = query.question().name();
        for (int i = 0; i < MOST_ALIASES; i++) {
            List<Entry> known = entries.get(name);
            if (known == null) {
                // An alias that leads out of what we know: the client must ask on.
                return i > 0
                        ? Reply.of(query, Reply.NO_ERROR, answers, List.of())
                        : Reply.of(query, Reply.NO_SUCH_NAME, List.of(), authority(name));
            }
            known.stream()
                    .filter(entry -> entry.type().number() == query.question().type())
                    .forEach(answers::add);
            var alias = known.stream()
                    .filter(entry -> entry.type() == RecordType.CNAME)
                    .findFirst();
            if (alias.isEmpty() || query.question().type() == RecordType.CNAME.number()) break;
            answers.add(alias.get());
            name = target(alias.get());
        }
        return Reply.of(query, Reply.NO_ERROR, answers, answers.isEmpty() ? authority(name) : List.of());
    }

    private List<Entry> authority(String name) {
        int seconds = negativeTtlSeconds;
        if (seconds < 0) return List.of();
        byte[] data = Reply.written(out -> {
            Reply.writeName("ns.test", out);
            Reply.writeName("admin.test", out);
            for (int number : new int[] {1, 3600, 600, 86400, seconds}) out.writeInt(number);
        });
        return List.of(new Entry(name, RecordType.SOA, seconds, data));
    }

    private static String target(Entry alias) {
        var name = new StringBuilder();
        byte[] data = alias.data();
        for (int i = 0; data[i] != 0; i += data[i] + 1) {
            for (int j = 1; j <= data[i]; j++) name.append((char) data[i + j]);
            name.append('.');
        }
        return Question.of(name.toString(), 0).name();
    }
}

package dev.outdial.testbed.registrar;

import dev.outdial.testbed.message.NameAddress;
import dev.outdial.testbed.message.SipMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Remembers where users are (RFC 3261 10.3). Deterministic. <b>Threading:</b> one owner. */
public final class Registrar {

    /**
     * Where a user can be reached.
     *
     * @param contact the Contact URI
     * @param expiresNanos until when, on the monotonic clock
     */
    public record Binding(String contact, long expiresNanos) {
        private boolean isOver(long nowNanos) {
            return nowNanos - expiresNanos >= 0;
        }
    }

    /** What became of a REGISTER. */
    public sealed interface Result {
        /** The bindings as they are now; {@code granted} is the longest life in seconds that this request was given, 0 when it took bindings away or only asked. */
        record Accepted(List<Binding> bindings, long grantedSeconds) implements Result {}

        /** The request makes no sense. */
        record Malformed() implements Result {}
    }

    private static final long SECOND = 1_000_000_000L;

    private final long longestSeconds;
    private final Map<String, Map<String, Binding>> users = new LinkedHashMap<>();

    /** A registrar that grants at most so many seconds. */
    public Registrar(long longestSeconds) {
        if (longestSeconds <= 0) throw new IllegalArgumentException("a registration of " + longestSeconds + " s");
        this.longestSeconds = longestSeconds;
    }

    /** Takes a REGISTER of that user. */
    public Result register(String user, SipMessage request, long nowNanos) {
        var bindings = users.computeIfAbsent(user, u -> new LinkedHashMap<>());
        bindings.values().removeIf(b -> b.isOver(nowNanos));
        var contacts = request.values("Contact");
        Optional<Long> common = request.header("Expires").flatMap(Registrar::seconds);
        if (contacts.contains("*")) {
            if (contacts.size() > 1 || common.orElse(1L) != 0) return new Result.Malformed();
            bindings.clear();
            return new Result.Accepted(List.of(), 0);
        }
        var changes = new ArrayList<Runnable>();
        long granted = 0;
        for (var text : contacts) {
            var contact = NameAddress.parse(text);
            if (contact.isEmpty()) return new Result.Malformed();
            var own = contact.get().parameters().value("expires").flatMap(Registrar::seconds);
            long seconds = Math.min(longestSeconds, own.or(() -> common).orElse(longestSeconds));
            var uri = contact.get().uri();
            granted = Math.max(granted, seconds);
            changes.add(
                    seconds == 0
                            ? () -> bindings.remove(uri)
                            : () -> bindings.put(uri, new Binding(uri, nowNanos + seconds * SECOND)));
        }
        changes.forEach(Runnable::run);
        return new Result.Accepted(List.copyOf(bindings.values()), granted);
    }

    private static Optional<Long> seconds(String text) {
        return text.matches("[0-9]{1,9}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    /** Where a user is now. */
    public List<Binding> bindings(String user, long nowNanos) {
        Collection<Binding> all = users.getOrDefault(user, Map.of()).values();
        return all.stream().filter(b -> !b.isOver(nowNanos)).toList();
    }
}

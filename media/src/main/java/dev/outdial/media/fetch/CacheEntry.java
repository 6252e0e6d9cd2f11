package dev.outdial.media.fetch;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is known of an address that was fetched from. The address itself is not: its query may hold a secret.
 *
 * @param contentHash the SHA-256 of what lay there, in hexadecimal
 * @param etag the server's name for it
 * @param lastModified when it was changed, in the server's words
 * @param checkedMillis when the server was asked, by the wall clock
 * @param freshMillis for how long after that it need not be asked
 */
record CacheEntry(
        String contentHash,
        Optional<String> etag,
        Optional<String> lastModified,
        long checkedMillis,
        long freshMillis) {
    private static final String FORM = "outdial-fetch-1";
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    /** A clock that was set back makes it old rather than fresh for ever. */
    boolean isFresh(long nowMillis) {
        return nowMillis >= checkedMillis && nowMillis - checkedMillis < freshMillis;
    }

    boolean canBeAskedFor() {
        return etag.isPresent() || lastModified.isPresent();
    }

    /** The same, still true when it was asked for just now. */
    CacheEntry confirmed(long nowMillis, long nextFreshMillis) {
        return new CacheEntry(contentHash, etag, lastModified, nowMillis, nextFreshMillis);
    }

    List<String> lines() {
        return List.of(
                FORM, contentHash, etag.orElse(""), lastModified.orElse(""), "" + checkedMillis, "" + freshMillis);
    }

    /** Empty where somebody else wrote there. */
    static Optional<CacheEntry> read(List<String> lines) {
        if (lines.size() != 6
                || !lines.get(0).equals(FORM)
                || !HASH.matcher(lines.get(1)).matches()
                || !NUMBER.matcher(lines.get(4)).matches()
                || !NUMBER.matcher(lines.get(5)).matches()) return Optional.empty();
        return Optional.of(new CacheEntry(
                lines.get(1),
                Optional.of(lines.get(2)).filter(text -> !text.isEmpty()),
                Optional.of(lines.get(3)).filter(text -> !text.isEmpty()),
                Long.parseLong(lines.get(4)),
                Long.parseLong(lines.get(5))));
    }
}

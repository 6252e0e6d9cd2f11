package dev.outdial.media.fetch;

import static dev.outdial.media.fuzz.Datagrams.require;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Anything as an address to fetch from, as a redirect, and as the bytes of an IP address: what is taken keeps to the rules. */
public final class FetchAddressTarget {
    private static final Destination FROM = from();

    private FetchAddressTarget() {}

    private static Destination from() {
        try {
            return Destination.of("http://from.example/a", FetchPolicy.DEFAULT);
        } catch (FetchException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** One that is taken or refused in a sentence. */
    private interface Judgement {
        Destination of() throws FetchException;
    }

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        judge(() -> Destination.of(text, FetchPolicy.DEFAULT));
        judge(() -> FROM.redirected(text, FetchPolicy.DEFAULT));
        judgeBytes(input);
    }

    private static void judge(Judgement judgement) {
        Destination taken;
        try {
            taken = judgement.of();
        } catch (FetchException refused) {
            String sentence = String.valueOf(refused.getMessage());
            require(sentence.lines().count() == 1, "a sentence of one line");
            require(sentence.chars().allMatch(c -> c >= ' ' && c < 0x7f), "a sentence of visible characters");
            return;
        }
        String url = taken.url().toString();
        require(url.startsWith("http://") || url.startsWith("https://"), "http or https");
        require(taken.url().port() == 80 || taken.url().port() == 443, "an allowed port");
        require(taken.url().username().isEmpty() && taken.url().password().isEmpty(), "no user");
        // What another parser reads there is the same host.
        Optional<String> host = hostOf(url);
        require(host.isEmpty() || host.get().equals(taken.host()), "one host for all parsers");
        require(taken.literal().isPresent() || !looksLikeAnAddress(taken.host()), "addresses known as such");
        require(taken.literal().isEmpty() || isPublic(taken.literal().get()), "a public address");
    }

    private static Optional<String> hostOf(String url) {
        try {
            return Optional.ofNullable(URI.create(url).getHost())
                    .map(host -> host.toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", ""));
        } catch (IllegalArgumentException stricter) {
            return Optional.empty();
        }
    }

    private static boolean looksLikeAnAddress(String host) {
        String last = host.substring(host.lastIndexOf('.') + 1);
        return host.indexOf(':') >= 0 || last.matches("[0-9]+|0x[0-9a-f]*");
    }

    private static void judgeBytes(byte[] input) {
        try {
            if (input.length < 16) return;
            byte[] four = Arrays.copyOf(input, 4);
            byte[] sixteen = Arrays.copyOf(input, 16);
            byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, four[0], four[1], four[2], four[3]};
            byte[] nat64 = {0, 0x64, -1, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, four[0], four[1], four[2], four[3]};
            agrees(InetAddress.getByAddress(four));
            agrees(Inet6Address.getByAddress("x", sixteen, -1));
            require(!isPublic(Inet6Address.getByAddress("x", mapped, -1)), "no mapped address");
            require(!isPublic(Inet6Address.getByAddress("x", nat64, -1)), "no NAT64 address");
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The JDK knows fewer kinds; what it calls special is refused. */
    private static void agrees(InetAddress address) {
        boolean isSpecial = address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
        require(!isSpecial || !isPublic(address), "no special address");
    }

    private static boolean isPublic(InetAddress address) {
        return AddressRule.PUBLIC.objection(address).isEmpty();
    }

    /** How many of the seeds are taken, for what is refused from the start would try nothing. */
    public static long takenSeeds() {
        return seeds().stream()
                .filter(seed -> {
                    try {
                        Destination.of(new String(seed, StandardCharsets.UTF_8), FetchPolicy.DEFAULT);
                        return true;
                    } catch (FetchException refused) {
                        return false;
                    }
                })
                .count();
    }

    public static List<byte[]> seeds() {
        return List.of(
                        "http://example.com/a.wav?x=1#y",
                        "https://8.8.8.8:443/a",
                        "http://[2606:4700::1111]:80/a",
                        "http://[::ffff:8.8.8.8]/",
                        "HTTP://xn--mller-kva.example./",
                        "http://127.0.0.1/",
                        "http://0x7f.1/",
                        "http://[fe80::1%25eth0]/",
                        "http://u:p@example.com/",
                        "//10.0.0.1:80/x",
                        "http://①②⑦。⓪.⓪.①/",
                        "file:///etc/passwd")
                .stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}

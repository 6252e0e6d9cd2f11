package dev.outdial.media.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {
    /** Every way that we know of to write 127.0.0.1, or what leads there. */
    static final String[] LOOPBACK_HOSTS = {
        "127.0.0.1",
        "127.0.0.1.",
        "127.1",
        "127.0.1",
        "2130706433",
        "017700000001",
        "0x7f000001",
        "0x7F.0x0.0x0.0x1",
        "0x7f.1",
        "0177.0.0.1",
        "0177.0.0.01",
        "127.0.0.0x1",
        "0127.0.0.1",
        "127.000.000.001",
        "4294967296",
        "[::1]",
        "[::1%25lo]",
        "[::1%lo]",
        "[0:0:0:0:0:0:0:1]",
        "[::]",
        "[::127.0.0.1]",
        "[::7f00:1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:7f00:1]",
        "[64:ff9b::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b:1::7f00:1]",
        "[2002:7f00:1::]",
        "[2001:0:7f00:1::]",
        "[2001:0:1:1::80ff:fffe]",
        "[fe80::1%25eth0]",
        "0",
        "0.0.0.0",
        "%31%32%37.0.0.1",
        "127%2e0%2e0%2e1",
        "①②⑦.⓪.⓪.①",
        "127。0。0。1",
        "１２７．０．０．１",
        "127.0.0.1@127.0.0.1",
        "example.com@127.0.0.1",
        ":@127.0.0.1",
        "@127.0.0.1"
    };

    private static Destination of(String address) throws FetchException {
        return Destination.of(address, FetchPolicy.DEFAULT);
    }

    static String[] loopbackHosts() {
        return LOOPBACK_HOSTS;
    }

    @ParameterizedTest
    @MethodSource("loopbackHosts")
    void loopbackIsRefusedHoweverItIsSpelt(String host) {
        assertThatThrownBy(() -> of("http://" + host + "/a.wav?token=hunter2"))
                .isInstanceOf(FetchException.class)
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', quoteCharacter = '"', textBlock = """
            file:///etc/passwd           > 'file' addresses are not fetched: http or https is expected
            FILE:/etc/passwd             > 'file' addresses are not fetched: http or https is expected
            jar:http://x/y.jar!/z        > 'jar' addresses are not fetched: http or https is expected
            ftp://example.com/a.wav      > 'ftp' addresses are not fetched: http or https is expected
            jrt:/java.base               > 'jrt' addresses are not fetched: http or https is expected
            gopher://example.com:80/     > 'gopher' addresses are not fetched: http or https is expected
            a.wav                        > what is no http or https address is not fetched
            //example.com/a.wav          > what is no http or https address is not fetched
            http:example.com             > the host of an http or https address is misspelt
            http:/example.com            > the host of an http or https address is misspelt
            http:///example.com          > the host of an http or https address is misspelt
            http://                      > the host of an http or https address is misspelt
            http://exa mple.com/         > the host of an http or https address is misspelt
            http://a\\b/                 > the host of an http or https address is misspelt
            http://[::1                  > the host of an http or https address is misspelt
            http://example.com:99999/    > the host of an http or https address is misspelt
            http://alice:secret@example.com/ > a user name or password in an address is not sent: an address without is expected
            http://alice@example.com/    > a user name or password in an address is not sent: an address without is expected
            http://example.com:22/       > cannot fetch from example.com: port 22 may not be connected to
            https://Example.COM:8443/    > cannot fetch from example.com: port 8443 may not be connected to
            http://127.0.0.1/            > cannot fetch from 127.0.0.1: it is a loopback address
            http://[fd00::1]/            > cannot fetch from fd00::1: it is a unique local address
            http://0x7f.1/               > cannot fetch from 0x7f.1: an IPv4 address is spelt as four decimal numbers
            http://1.2.3.256/            > cannot fetch from 1.2.3.256: an IPv4 address is spelt as four decimal numbers
            """)
    void refusalsSayWhatIsWrong(String address, String sentence) {
        assertThatThrownBy(() -> of(address)).isInstanceOf(FetchException.class).hasMessage(sentence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com",
                "https://example.com/a.wav?x=1#y",
                "HTTP://EXAMPLE.com:80/",
                "http://example.com:443/",
                "http://8.8.8.8/a",
                "http://[2606:4700::1111]/a",
                "http://1password.com/",
                "http://v1.2x/",
                "http://müller.example/ä.wav",
                "http://example.com/a@b",
                "http://example.com/?x=a@b"
            })
    void ordinaryAddressesAreTaken(String address) throws FetchException {
        assertThat(of(address).host()).isNotEmpty();
    }

    @Test
    void anEndlessAddressIsNotRead() {
        assertThatThrownBy(() -> of("http://example.com/" + "a".repeat(5000)))
                .hasMessage("an address of more than 4096 characters is not fetched from");
    }

    @Test
    void noPortsNamedMeansAnyPort() throws FetchException {
        FetchPolicy any = FetchPolicy.DEFAULT.withPorts(Set.of());
        assertThat(Destination.of("http://example.com:8080/", any).url().port()).isEqualTo(8080);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', quoteCharacter = '"', textBlock = """
            http://example.com/           > it redirects from https to http, which is not followed
            ftp://example.com/            > it redirects to what is no http or https address
            file:///etc/passwd            > it redirects to what is no http or https address
            https://127.0.0.1/            > it redirects; cannot fetch from 127.0.0.1: it is a loopback address
            https://0177.1/               > it redirects; cannot fetch from 0177.1: an IPv4 address is spelt as four decimal numbers
            https://u:p@example.com/      > it redirects; a user name or password in an address is not sent: an address without is expected
            //10.0.0.1/                   > it redirects; cannot fetch from 10.0.0.1: it is a private address
            //example.com:22/             > it redirects; cannot fetch from example.com: port 22 may not be connected to
            """)
    void aRedirectIsJudgedLikeAnAddress(String location, String reason) throws FetchException {
        Destination from = of("https://from.example/a");
        assertThatThrownBy(() -> from.redirected(location, FetchPolicy.DEFAULT))
                .isInstanceOf(FetchException.class)
                .hasMessage("cannot fetch from from.example: " + reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', quoteCharacter = '"', textBlock = """
            b.wav                     > https://from.example/dir/b.wav
            /b.wav?x=1#part           > https://from.example/b.wav?x=1
            //other.example/b         > https://other.example/b
            https://other.example     > https://other.example/
            """)
    void aRedirectIsReadAsSeenFromWhereItCame(String location, String goal) throws FetchException {
        assertThat(of("https://from.example/dir/a")
                        .redirected(location, FetchPolicy.DEFAULT)
                        .url()
                        .toString())
                .isEqualTo(goal);
    }
}

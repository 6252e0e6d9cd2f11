package dev.outdial.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes on the command line: each is one sentence and exit status 64, and nobody is called. */
@Timeout(30)
class UsageTest {
    /** Nobody listens there, and nobody is asked to. */
    private static final String WAY = " --trunk sip:alice@127.0.0.1:9 --no-register";

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '"', textBlock = """
            --collect 0                    => --collect: 0 is not 1 to 256
            --collect 257                  => --collect: 257 is not 1 to 256
            --collect x                    => Invalid value for option '--collect': 'x' is not an int
            --collect 1 --collect-until #  => --collect=N, --collect-until=KEY are mutually exclusive (specify only one)
            --collect-until ##             => --collect-until: '##' is not one key (0-9, *, #, A-D)
            --collect-until x              => --collect-until: 'x' is not one key (0-9, *, #, A-D)
            --collect 1 --within -1s       => Invalid value for option '--within': '-1s' is not a time: 10s, 1500ms or 2m is expected
            --send-digits 12x              => --send-digits: 'x' is not a key (0-9, *, #, A-D) or a pause (, w W)
            --hold -5s                     => Invalid value for option '--hold': '-5s' is not a time: 10s, 1500ms or 2m is expected
            --hold 99999999h               => Invalid value for option '--hold': '99999999h' is longer than 24h
            --ring-timeout 0               => --ring-timeout: a time above zero is expected
            --local nowhere:x              => 'nowhere:x' is not an address: HOST, HOST:PORT or [IPv6]:PORT is expected
            --local 127.0.0.1:99999        => '127.0.0.1:99999': port 99999 is above 65535
            --local host.invalid           => cannot resolve host 'host.invalid'
            --record /no/such/folder/x.wav => --record: there is no folder /no/such/folder
            --record-both stereo           => --record-both: the file that --record names is expected
            --record-format ulaw           => --record-format: the file that --record names is expected
            --country XX                   => --country: country 'XX': an ISO code such as DE or US is expected
            --record x.wav --record-both quadro => --record-both: quadro is neither mixed nor stereo
            --record x.wav --record-format mp3 => --record-format: mp3 is not pcm, ulaw or alaw
            --play no-such-file.mp3        => --play: there is no file no-such-file.mp3
            --play http://127.0.0.1/a.wav?k=v  => --play: cannot fetch from 127.0.0.1: it is a loopback address
            --play https://example.com:22/     => --play: cannot fetch from example.com: port 22 may not be connected to
            --play http://u:pw@example.com/    => --play: a user name or password in an address is not sent: an address without is expected
            --play ftp://example.com/a.wav     => --play: 'ftp' addresses are not fetched: http or https is expected, or the name of a file
            --play http://exa{mple.com/        => --play: this is no address: Illegal character in authority
            --fetch-private --play http://127.0.0.1:1/ => --play: cannot fetch from 127.0.0.1: nobody answers at port 1
            --say Hello --language ar      => --say: cannot speak the words "Hello": the text has Latin letters only, and is said to be in Arabic (ar)
            --say 123 --language ar        => --say: cannot speak the words "123": no engine speaks Arabic (ar); spoken are: en-US
            --say Hi --voice bob           => --say: cannot speak the words "Hi": there is no voice 'bob' for English (en-US); there are: kevin16
            --say Hi --language english-us => --language: 'english-us' is no language tag: en-US, ar or pt-BR is expected
            --say Hi --speech exec:        => --speech: exec: and a command is expected
            --say Hi --speech /bin/x       => --speech: freetts, exec:COMMAND, http://..., https://... or the name of an engine is expected
            --say Hi --speech festival     => --say: cannot speak the words "Hi": there is no speech engine 'festival'; on the class path are: freetts, tones
            --codec SPEEX                  => Invalid value for option '--codec' (NAME): expected one of [PCMU, PCMA, L16, G722, OPUS] (case-insensitive) but was 'SPEEX'
            --codec PCMU,PCMU              => codecs [PCMU, PCMU]: one or several are expected, each once
            --ptime 9                      => packet length 9 ms: 10 to 40 is expected
            --ptime 41                     => packet length 41 ms: 10 to 40 is expected
            --ptime x                      => Invalid value for option '--ptime': 'x' is not an int
            --srtp maybe                   => Invalid value for option '--srtp': expected one of [OFF, OFFERED, REQUIRED] (case-insensitive) but was 'maybe'
            --rtp-timeout -1s              => Invalid value for option '--rtp-timeout': '-1s' is not a time: 10s, 1500ms or 2m is expected
            --rtp-timeout soon             => Invalid value for option '--rtp-timeout': 'soon' is not a time: 10s, 1500ms or 2m is expected
            --rtp-ports 16384              => --rtp-ports: '16384' is not FIRST-LAST, as in 16384-32767
            --rtp-ports 30000-20000        => --rtp-ports: RTP ports 30000 to 20000: an even port from 1024 on and a higher one up to 65535 are expected
            --rtp-ports 1-99999            => --rtp-ports: RTP ports 1 to 99999: an even port from 1024 on and a higher one up to 65535 are expected
            --repeat 0                     => --repeat: 0 is less than one
            --repeat x                     => Invalid value for option '--repeat': 'x' is not an int
            --play no-such-file.mp3 --volume 21 => --volume: volume 21.0 dB: -60.0 to 20.0 is expected
            --play no-such-file.mp3 --volume -61 => --volume: volume -61.0 dB: -60.0 to 20.0 is expected
            --volume loud                  => Invalid value for option '--volume': 'loud' is not a double
            --bogus                        => '--bogus' is not an option or command, or one argument too many
            2000                           => '2000' is not an option or command, or one argument too many
            """)
    void aWrongOptionOfACallIsOneSentence(String option, String sentence) {
        assertThatItIsRefused(Run.outdial(("call 1000 --json" + WAY + " " + option).split(" ")), sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '"', textBlock = """
            call                                     => Missing required parameter: 'TARGET'
            call 1000                                => '1000' can be dialled over a trunk only; without one a SIP URI is expected
            call sip:127.0.0.1                       => 'sip:127.0.0.1' names nobody: sip:user@host is expected
            call sip:a@host --password secret        => --user and --password are for a --trunk, and there is none
            call 1000 --trunk nonsense               => --trunk: 'nonsense' does not begin with sip: or sips:; expected sip:user@host[:port][;transport=udp|tcp|tls]
            call 1000 --trunk sip:host --password x  => --trunk: trunk sip:host: a password without a user
            call ,; --trunk sip:a@b --no-register    => ',;' is neither a number (+15551234567, 1000) nor a user name nor a SIP URI
            load 1000 --calls 5 --cps 1              => '1000' can be dialled over a trunk only; without one a SIP URI is expected
            load sip:a@host --calls 0 --cps 1        => --calls: 0 is less than one
            load sip:a@host --calls 1 --cps 0        => --cps: 0.0 is not 0.001 to 10000.0
            load sip:a@host --calls 1 --cps Infinity => --cps: Infinity is not 0.001 to 10000.0
            load sip:a@host --calls 1                => Missing required option: '--cps=R'
            load sip:a@host --calls 1 --cps 1 --settle 5s => --settle is for --steady
            load sip:a@host --calls 1 --cps 1 --settle x => Invalid value for option '--settle': 'x' is not a time: 10s, 1500ms or 2m is expected
            load sip:a@host --calls 1 --cps 1 --steady 0s => --steady: a time above zero is expected, and no --hold beside it
            answer --trunk sip:a@127.0.0.1:9 --no-register --decline 200 => --decline: status 200 declines nothing: 400 to 699 is expected
            answer --trunk sip:a@127.0.0.1:9 --no-register --redirect foo => --redirect: 'foo' is no SIP URI: sip:user@host is expected
            testbed --listen 1.2.3.4:99999           => '1.2.3.4:99999': port 99999 is above 65535
            testbed --listen host.invalid            => --listen: cannot resolve host 'host.invalid'
            testbed --recordings no-such-folder      => --recordings: no-such-folder is not a folder
            testbed --pcap /no/such/folder/x.pcap    => --pcap: /no/such/folder/x.pcap cannot be written
            testbed --report counts.json             => --speak, --no-telephone-event, --press-every, --settle and --report are for --count-only
            testbed --settle 5s                      => --speak, --no-telephone-event, --press-every, --settle and --report are for --count-only
            testbed --press-every 5s                 => --speak, --no-telephone-event, --press-every, --settle and --report are for --count-only
            testbed --count-only --speak --press-every often => Invalid value for option '--press-every': 'often' is not a time: 10s, 1500ms or 2m is expected
            testbed --count-only --press-every 5s    => --press-every: who sends nothing presses no keys
            testbed --count-only --speak --press-every 10ms => --press-every: a key every 10 ms, at most one a second
            testbed --count-only --report /no/such/folder/x.json => --report: /no/such/folder/x.json cannot be written
            testbed --listen 127.0.0.1:0 --count-only --pcap x.pcap => --recordings and --pcap want the sound, which --count-only callees do not keep
            bench --warm-up 3s                       => --warm-up is for --api
            bench --api --warm-up 10ms               => --warm-up: a second or more is expected
            bench --runs 0                           => --runs: 0 is less than one
            bench --seconds 0                        => --seconds: a time above zero is expected
            bench --scenario many                    => --scenario: 'many' is none of 500-one-way, 200-two-way, 2000-one-way, 1000-two-way
            media                                    => Missing required subcommand
            media check                              => Missing required parameter: 'FILE|URL'
            media check x.mp3 --level                => --level is for an --out file, and there is none
            media check http://[                     => this is no address: Expected closing bracket for IPv6 address
            flow                                     => Missing required subcommand
            flow check                               => Missing required parameter: 'FILE'
            flow check x.json --media no-such-folder => --media: no-such-folder is not a folder
            bogus                                    => 'bogus' is not an option or command, or one argument too many
            """)
    void aWrongCommandIsOneSentence(String command, String sentence) {
        assertThatItIsRefused(Run.outdial(command.split(" ")), sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--play", "--record"})
    void anEmptyFileNameIsNotAFile(String option) {
        Run run = Run.outdial(("call 1000" + WAY + " " + option + " ").split(" ", -1));

        assertThat(run.status()).isEqualTo(64);
        assertThat(run.err()).contains(option).contains("the name of a file is expected");
    }

    @Test
    void aFileThatCannotBeDecodedIsNamedBeforeAnybodyIsCalled() throws IOException {
        Path noise = Files.write(folder.resolve("noise.mp3"), new byte[3000]);

        assertThatItIsRefused(
                Run.outdial(("call 1000" + WAY + " --play " + noise).split(" ")),
                "--play: cannot play noise.mp3: no MPEG layer III frame found, expected MP3, WAV, Ogg Vorbis, Ogg Opus, AIFF or AU at byte 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " --count-only", " --count-only --speak"})
    void anAddressThatIsNotOursIsNoPlaceForATestbed(String mode) {
        // TEST-NET-1 of RFC 5737: no machine has it.
        Run run = Run.outdial(("testbed --listen 192.0.2.1:0" + mode).split(" "));

        assertThat(run.status()).isEqualTo(64);
        assertThat(run.err()).startsWith("outdial: cannot start the testbed at 192.0.2.1:0: ");
        assertThat(run.err().lines()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " --count-only"})
    void aPortThatIsTakenIsNoPlaceForATestbed(String mode) throws IOException {
        try (var taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            String listen = "127.0.0.1:" + taken.getLocalPort();
            Run run = Run.outdial(("testbed --listen " + listen + mode).split(" "));

            assertThat(run.status()).isEqualTo(64);
            assertThat(run.err()).startsWith("outdial: cannot start the testbed at " + listen + ": ");
            assertThat(run.err().lines()).hasSize(1);
        }
    }

    @Test
    void whatFollowsAMisspeltPasswordOptionIsNotRepeated() {
        Run run = Run.outdial(("call 1000" + WAY + " --passwrod hunter2").split(" "));

        assertThat(run.status()).isEqualTo(64);
        assertThat(run.err()).contains("--passwrod").doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "call", "load", "media", "media check", "flow", "flow check", "bench", "demo", "testbed"})
    void everyCommandTellsItsVersionAndItsOptions(String command) {
        assertThat(Run.outdial((command + " --version").strip().split(" ")).out())
                .startsWith("outdial ");
        assertThat(Run.outdial((command + " --help").strip().split(" ")).out())
                .startsWith("Usage: " + ("outdial " + command).strip());
    }

    private static void assertThatItIsRefused(Run run, String sentence) {
        assertThat(run.status()).isEqualTo(64);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).first().isEqualTo("outdial: " + sentence);
        assertThat(run.err().lines().count()).isLessThanOrEqualTo(2);
    }
}

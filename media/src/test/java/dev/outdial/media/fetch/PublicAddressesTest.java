package dev.outdial.media.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {
    private static Optional<String> objection(String address) throws Exception {
        return AddressRule.PUBLIC.objection(InetAddress.getByName(address));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', textBlock = """
            0.0.0.0                 > an unspecified address
            0.1.2.3                 > an unspecified address
            10.0.0.0                > a private address
            10.255.255.255          > a private address
            100.64.0.0              > an address of carrier-grade NAT
            100.100.100.200         > an address of carrier-grade NAT
            100.127.255.255         > an address of carrier-grade NAT
            127.0.0.1               > a loopback address
            127.255.255.255         > a loopback address
            168.63.129.16           > an address of the cloud's own host
            169.254.169.254         > a link-local address
            172.16.0.0              > a private address
            172.31.255.255          > a private address
            192.0.0.9               > a reserved address
            192.0.2.1               > an address for documentation
            192.88.99.1             > an address of a 6to4 relay
            192.168.0.0             > a private address
            192.168.255.255         > a private address
            198.18.0.0              > an address for benchmarks
            198.19.255.255          > an address for benchmarks
            198.51.100.7            > an address for documentation
            203.0.113.7             > an address for documentation
            224.0.0.1               > a multicast address
            239.255.255.255         > a multicast address
            240.0.0.1               > a reserved address
            255.255.255.255         > a broadcast address
            ::                      > an unspecified address
            ::1                     > a loopback address
            ::7f00:1                > an IPv4-compatible address
            ::808:808               > an IPv4-compatible address
            64:ff9b::7f00:1         > a NAT64 address
            64:ff9b::808:808        > a NAT64 address
            64:ff9b:1::a00:1        > a NAT64 address
            64:ff9b:2::1            > a reserved address
            100::1                  > a discard-only address
            2001::1                 > a Teredo address
            2001:0:4136:e378:8000:63bf:80ff:fffe > a Teredo address
            2001:2::1               > a reserved address
            2001:10::1              > a reserved address
            2001:20::1              > a reserved address
            2001:1ff:ffff::1        > a reserved address
            2001:db8::1             > an address for documentation
            2002:7f00:1::           > a 6to4 address
            2002:808:808::1         > a 6to4 address
            3fff:fff::1             > an address for documentation
            4000::1                 > a reserved address
            5f00::1                 > a reserved address
            fc00::1                 > a unique local address
            fd00:ec2::254           > a unique local address
            fe80::1                 > a link-local address
            febf::1                 > a link-local address
            fec0::1                 > a site-local address
            ff02::1                 > a multicast address
            """)
    void addressesForSpecialPurposesAreRefused(String address, String kind) throws Exception {
        assertThat(objection(address)).contains(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0.0.0",
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "168.63.129.15",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.0.3.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2000::1",
                "2001:200::1",
                "2001:4860:4860::8888",
                "2606:4700::1111",
                "2a00::1",
                "3ffe::1"
            })
    void theirNeighboursAndOthersAreNot(String address) throws Exception {
        assertThat(objection(address)).isEmpty();
    }

    @Test
    void aMappedAddressThatIsStillOneIsRefusedWhateverItMaps() throws Exception {
        for (int first : new int[] {127, 8}) {
            byte[] bytes = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff, (byte) first, 0, 0, 1};
            assertThat(AddressRule.PUBLIC.objection(Inet6Address.getByAddress("x", bytes, -1)))
                    .contains("an IPv4-mapped address");
        }
    }

    @Test
    void theJdkReadsAMappedAddressAsTheIpv4OneAndItIsJudgedAsThat() throws Exception {
        assertThat(objection("::ffff:127.0.0.1")).contains("a loopback address");
        assertThat(objection("::ffff:8.8.8.8")).isEmpty();
    }

    @Test
    void aScopeMakesNoDifference() throws Exception {
        byte[] bytes = InetAddress.getByName("fe80::1").getAddress();
        assertThat(AddressRule.PUBLIC.objection(Inet6Address.getByAddress("x", bytes, 3)))
                .contains("a link-local address");
    }

    @Test
    void whoAllowsAnyAddressGetsUnicastOnly() throws Exception {
        assertThat(AddressRule.ANY.objection(InetAddress.getLoopbackAddress())).isEmpty();
        assertThat(AddressRule.ANY.objection(InetAddress.getByName("ff02::1"))).isPresent();
    }
}

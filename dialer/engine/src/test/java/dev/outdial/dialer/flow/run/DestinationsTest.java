package dev.outdial.dialer.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.Call;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.flow.CallAction.Anonymous;
import dev.outdial.dialer.flow.FlowAddress;
import dev.outdial.dialer.flow.FlowAddress.Type;
import dev.outdial.dialer.testing.FakeTrunk;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whom a flow names, as requests to dial. */
@Timeout(60)
class DestinationsTest {
    private final FakeTrunk trunk = FakeTrunk.named("carrier");
    private final FakeTrunk spare = trunk.another("spare");
    private final Dialer dialer = trunk.dialer();

    @AfterEach
    void close() {
        dialer.close();
    }

    private Destinations destinations(DialRequest own, String... trunks) {
        Call call = dialer.dial(own);
        FlowSettings settings = FlowSettings.of(trunks);
        return new Destinations(
                new FlowLine(new FlowRunner(dialer, settings), dialer, call, Optional.empty(), Optional.of(own), "run"),
                settings);
    }

    private static FlowAddress address(Type type, String target) {
        return new FlowAddress(type, target, "");
    }

    private static DialRequest only(Destinations destinations, FlowAddress whom) {
        return destinations
                .find(Optional.empty(), List.of(whom), Anonymous.AUTO)
                .requests()
                .getFirst();
    }

    private static final DialRequest OWN =
            DialRequest.over("carrier", "+4930111").from("+4930100");

    @Test
    void aNumberGoesOverTheTrunkOfTheFlowsOwnCall() {
        DialRequest request = only(destinations(OWN), address(Type.TEL, "+4930222"));
        assertThat(request.trunk()).hasValue("carrier");
        assertThat(request.target()).isEqualTo("+4930222");
        assertThat(request.callerId()).hasValue("+4930100");
        assertThat(request.caller().anonymous()).isFalse();
    }

    @Test
    void orOverTheTrunksThatAreNamedTheFirstFirst() {
        DialRequest request = only(destinations(OWN, "spare", "carrier"), address(Type.TEL, "+4930222"));
        assertThat(request.trunk()).hasValue("spare");
        assertThat(request.furtherTrunks()).containsExactly("carrier");
        assertThat(spare.calls()).isEmpty();
    }

    @Test
    void aSipAddressIsCalledDirectly() {
        Destinations direct = destinations(OWN);
        assertThat(only(direct, address(Type.SIP, "sip:bob@127.0.0.1:5099")).trunk())
                .isEmpty();
        assertThat(only(direct, address(Type.SIP, "bob@127.0.0.1")).target()).isEqualTo("sip:bob@127.0.0.1");
    }

    @Test
    void anExtensionIsAUserOfTheTrunkOrOfAnotherRealm() {
        Destinations either = destinations(OWN);
        assertThat(only(either, address(Type.EXTENSION, "2000")).trunk()).hasValue("carrier");
        DialRequest ours = only(either, address(Type.EXTENSION, "2000@" + dialer.hostOf("carrier")));
        assertThat(ours.trunk()).hasValue("carrier");
        assertThat(ours.target()).isEqualTo("2000");
        DialRequest others = only(either, address(Type.EXTENSION, "2000@192.0.2.7"));
        assertThat(others.trunk()).isEmpty();
        assertThat(others.target()).isEqualTo("sip:2000@192.0.2.7");
    }

    @Test
    void whoCallsIsWhoIsNamedOrNobody() {
        Destinations.Found found = destinations(OWN)
                .find(
                        Optional.of(new FlowAddress(Type.SIP, "sip:+4930555@example.com", "Ann")),
                        List.of(address(Type.TEL, "+4930222")),
                        Anonymous.YES);
        DialRequest request = found.requests().getFirst();
        assertThat(request.callerId()).hasValue("+4930555");
        assertThat(request.displayName()).hasValue("Ann");
        assertThat(request.caller().anonymous()).isTrue();
        assertThat(request.caller().asserted()).hasValue(dialer.uriOf("carrier", "+4930555"));
    }

    @Test
    void whoCannotBeDialledIsLeftOutAndNamed() {
        Destinations.Found found = destinations(OWN)
                .find(
                        Optional.empty(),
                        List.of(address(Type.TEL, ""), address(Type.TEL, "+4930222"), address(Type.SIP, "sip:x y@z")),
                        Anonymous.NO);
        assertThat(found.requests()).hasSize(1);
        assertThat(found.wrong()).hasSize(2);
        Destinations.Found nowhere = destinations(DialRequest.direct("sip:bob@127.0.0.1"))
                .find(Optional.empty(), List.of(address(Type.TEL, "+4930222")), Anonymous.AUTO);
        assertThat(nowhere.why()).isEqualTo("there is no trunk to call '+4930222' over");
    }
}

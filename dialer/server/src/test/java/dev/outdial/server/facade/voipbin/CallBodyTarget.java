package dev.outdial.server.facade.voipbin;

import dev.outdial.server.calls.AccountRecord;
import dev.outdial.server.calls.FlowService;
import dev.outdial.server.calls.NumberRecord;
import dev.outdial.server.calls.NumberService;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.facade.FacadeOptions;
import dev.outdial.server.http.json.JsonText;
import dev.outdial.server.http.json.JsonText.BadJsonException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Anything as the body of a request for calls: what is wanted, or a refusal in VoIPBin's words. */
public final class CallBodyTarget {
    private static final Who WHO = new Who(AccountRecord.FIRST, Scope.ADMIN);
    private static final NumberRecord OURS =
            new NumberRecord(Ids.NONE, AccountRecord.FIRST, "+15551234567", "", "", Instant.EPOCH, Instant.EPOCH);

    private static final NewCalls NEW_CALLS = new NewCalls(
            only(FlowService.class, Optional.empty()),
            only(NumberService.class, Optional.of(new Page<>(List.of(OURS), Optional.empty()))),
            Settings.of(FacadeOptions.STANDARD));

    private CallBodyTarget() {}

    /** A service that answers everything alike. @param answer nothing of the kind is there where empty */
    private static <T> T only(Class<T> service, Optional<Object> answer) {
        return service.cast(Proxy.newProxyInstance(
                service.getClassLoader(),
                new Class<?>[] {service},
                (proxy, method, arguments) -> answer.orElseThrow(
                        () -> new ServiceException(ServiceException.Kind.NOT_FOUND, "not_found", "there is none"))));
    }

    public static void fuzzerTestOneInput(byte[] input) {
        int unused = calls(input);
    }

    /** How many calls are wanted; 0 where it is refused. */
    static int calls(byte[] input) {
        try {
            NewCalls.Wish wish = NEW_CALLS.read(WHO, JsonText.parse(input));
            int count = 0;
            for (var destination : wish.destinations()) {
                var call = wish.to(Addresses.read(destination, "destinations[" + count + "]"));
                if (call.variables().keySet().stream().anyMatch(name -> name.startsWith("voipbin."))) {
                    throw new AssertionError("a variable of the engine's own");
                }
                count++;
            }
            return count;
        } catch (BadJsonException | Refusal refused) {
            String said = String.valueOf(refused.getMessage());
            if (said.isEmpty() || said.codePoints().anyMatch(Character::isISOControl)) {
                throw new AssertionError("no sentence, or one with control characters", refused);
            }
            return 0;
        }
    }

    static List<byte[]> seeds() {
        return List.of(
                bytes(
                        "{'source':{'type':'tel','target':'+15551234567'},'destinations':[{'type':'tel','target':'+15559876543'},"
                                + "{'type':'sip','target':'a@b;transport=tcp','name':'x'}],'actions':[{'type':'talk','option':{'text':'hi'}}]}"),
                bytes("{'source':{'type':'endpoint','target':'a@b'},'destinations':[{'type':'extension','target':'7'}],"
                        + "'actions':[{'id':'1','type':'call','option':{'actions':[{'type':'answer'}]}}],'anonymous':'auto',"
                        + "'variables':{'a':1,'voipbin.b':'c','d':{'e':[]}}}"));
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}

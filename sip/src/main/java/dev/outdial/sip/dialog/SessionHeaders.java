package dev.outdial.sip.dialog;

import dev.outdial.sip.dialog.SessionTimer.Terms;
import dev.outdial.sip.message.Header;
import dev.outdial.sip.message.SipAnswer;
import java.util.ArrayList;
import java.util.List;

/** The headers of requests that change or refresh the session, and of the answers that accept such. Pure. */
final class SessionHeaders {
    private SessionHeaders() {}

    static List<Header> ofRequest(DialogState state) {
        var headers = new ArrayList<Header>();
        headers.add(contact(state));
        headers.add(new Header("Allow", InDialogRequests.ALLOW));
        headers.add(new Header("Accept", InDialogRequests.ACCEPT));
        Timing timing = state.timing();
        headers.addAll(timing.wish()
                .map(wish -> wish.headers(timing.terms().map(Terms::weRefresh).orElse(true)))
                .orElse(List.of(supported())));
        return headers;
    }

    static SipAnswer accepting(DialogState state, List<Header> timerHeaders) {
        SipAnswer answer = SipAnswer.of(200, "OK")
                .plus(contact(state).name(), contact(state).value())
                .plus("Allow", InDialogRequests.ALLOW)
                .plus(supported().name(), supported().value());
        for (Header header : timerHeaders) answer = answer.plus(header.name(), header.value());
        return answer;
    }

    static Header contact(DialogState state) {
        return new Header("Contact", '<' + state.setup().contact().toString() + '>');
    }

    private static Header supported() {
        return new Header("Supported", InDialogRequests.SUPPORTED);
    }
}

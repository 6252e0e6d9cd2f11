package dev.outdial.sip.dialog;

import dev.outdial.sip.message.Header;
import dev.outdial.sip.message.MessageBody;
import java.util.List;
import java.util.Optional;

/** What a request of ours says, however often it has to be sent: without number, branch and credentials. */
record Draft(String method, List<Header> headers, Optional<MessageBody> body) {
    Draft {
        headers = List.copyOf(headers);
    }
}

package dev.outdial.sip;

import dev.outdial.sip.dialog.NumberedDialog;
import dev.outdial.sip.message.Header;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.SipUri;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a user can ask of a running session, whoever called. Arguments are checked already. <b>Threading:</b> any thread; all only post. */
interface SessionCommands {
    /** Those of a session that never came about. */
    SessionCommands NONE = new SessionCommands() {
        @Override
        public void hangUp(OptionalInt q850) {}

        @Override
        public void accept(MessageBody description) {}

        @Override
        public void refuse(int status) {}

        @Override
        public void offerAgain(MessageBody offer) {}

        @Override
        public void info(MessageBody body) {}

        @Override
        public void refer(String target, Optional<String> replaces) {}

        @Override
        public Optional<NumberedDialog> established() {
            return Optional.empty();
        }
    };

    void hangUp(OptionalInt q850);

    void accept(MessageBody description);

    void refuse(int status);

    void offerAgain(MessageBody offer);

    void info(MessageBody body);

    void refer(String target, Optional<String> replaces);

    /** The dialog as of now; empty before the answer and after the end. */
    Optional<NumberedDialog> established();

    /** Of a call to us alone. */
    default void ring(int status, Optional<MessageBody> body) {}

    /** Of a call to us alone. */
    default void reject(int status, String reason, List<Header> headers) {}

    /** Of a call to us alone. */
    default void redirect(List<SipUri> contacts) {}
}

package dev.outdial.sip.registration;

import dev.outdial.sip.message.Text;
import java.time.Duration;
import java.util.List;

/** What is told about a registration. Refreshing and trying again go on by themselves unless it says otherwise. */
public sealed interface RegistrationEvent {
    /**
     * The registrar holds our binding. Told again after each refresh.
     *
     * @param expires how long it will hold it without another refresh
     * @param serviceRoutes what calls over this account take as their preloaded Route (RFC 3608): values of Route, in order; mostly none
     */
    record Registered(Duration expires, List<String> serviceRoutes) implements RegistrationEvent {
        /** Takes a copy. */
        public Registered {
            serviceRoutes = List.copyOf(serviceRoutes);
        }

        /** By a registrar that names no route. */
        public Registered(Duration expires) {
            this(expires, List.of());
        }
    }

    /**
     * The registrar said no.
     *
     * @param status 300-699
     * @param reason the reason phrase, control characters shown as {@code ?}
     * @param credentialsWrong nothing more is tried: the same credentials would fail the same way and lock the account. Never told about
     *     credentials that this registrar has accepted before: that is its trouble, and passes
     */
    record Refused(int status, String reason, boolean credentialsWrong) implements RegistrationEvent {
        /** Checks the range of the status. */
        public Refused {
            if (status < 300 || status > 699) throw new IllegalArgumentException("refused by status " + status);
            reason = Text.shown(reason);
        }
    }

    /**
     * No answer, or no way to send. It is tried again.
     *
     * @param why a sentence
     */
    record Unreachable(String why) implements RegistrationEvent {}

    /** The binding was removed at our wish, or as much was done towards that as could be. The last event. */
    record Unregistered() implements RegistrationEvent {}
}

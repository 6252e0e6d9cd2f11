package dev.outdial.sip.registration;

import java.util.List;
import java.util.OptionalInt;

/** How a registration stands, for whoever asks. Times are of {@link System#nanoTime}. */
public sealed interface RegistrationStatus {
    /** The first answer is still to come. */
    record Registering() implements RegistrationStatus {}

    /**
     * The registrar holds our binding.
     *
     * @param registrar who holds it, and where it reaches us
     * @param untilNanos how long it holds it without another refresh
     * @param serviceRoutes what calls over this account take as their preloaded Route (RFC 3608), in order
     */
    record Registered(Registrar registrar, long untilNanos, List<String> serviceRoutes) implements RegistrationStatus {
        /** Takes a copy. */
        public Registered {
            serviceRoutes = List.copyOf(serviceRoutes);
        }
    }

    /**
     * The last try failed; it is tried again by itself.
     *
     * @param status what the registrar said, where it said anything
     * @param why a sentence, or the reason phrase
     */
    record Retrying(OptionalInt status, String why) implements RegistrationStatus {}

    /** The credentials were refused; nothing is tried until {@code Registration.refresh}. */
    record Stopped(int status, String why) implements RegistrationStatus {}

    /** The binding was given up. */
    record Gone() implements RegistrationStatus {}
}

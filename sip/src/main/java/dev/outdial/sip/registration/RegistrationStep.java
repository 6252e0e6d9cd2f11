package dev.outdial.sip.registration;

import java.util.List;

/**
 * What an input leads to.
 *
 * @param next the state from now on
 * @param actions to be done in this order
 */
public record RegistrationStep(RegistrationState next, List<RegistrationAction> actions) {
    /** Takes a copy. */
    public RegistrationStep {
        actions = List.copyOf(actions);
    }

    static RegistrationStep to(RegistrationState next, RegistrationAction... actions) {
        return new RegistrationStep(next, List.of(actions));
    }
}

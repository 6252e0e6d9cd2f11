package dev.outdial.server.calls;

import java.util.Optional;

/** Finds out whether sound can be played before a call is placed for it. Threading as {@link CallService}. */
public interface SoundCheck {
    /**
     * Brings a sound and decodes it. Calls use what was brought: it is fetched again only where its server allows no such use, or for less
     * long than until the call is answered (10 s where it says nothing).
     *
     * @param url an http or https address, or the name of an upload of the account
     * @return a sentence that says why it cannot be played: nobody answers, an address that may not be asked, no sound; empty where it can
     */
    Optional<String> objection(String account, String url);

    /**
     * Has words spoken, which calls use.
     *
     * @param language a BCP 47 tag, as de-DE
     * @return a sentence that says why nobody speaks them; empty where somebody does
     */
    Optional<String> objectionToWords(String text, String language);
}

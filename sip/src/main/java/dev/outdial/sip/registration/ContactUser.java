package dev.outdial.sip.registration;

import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.Text;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The user part of the Contact of one registration. A call to us carries it in its Request-URI, and so says which account is called.
 *
 * <p>A word of its own ({@link #unique}) does that whatever the accounts are called, is not known to strangers, and tells our bindings from
 * those of other telephones of the same account. It begins with the user of the account, for registrars and people who look for that.
 *
 * @param text the user part, escapes undone
 * @param agentPrefix what the words of this agent for this account begin with; there for a word of its own only
 */
public record ContactUser(String text, Optional<String> agentPrefix) {
    private static final int AGENT_WORD = 8;
    private static final Pattern REST = Pattern.compile("-[0-9a-f]{" + AGENT_WORD + "}\\.[0-9]{1,9}");

    /** Refuses what cannot stand in a URI. */
    public ContactUser {
        if (Text.withoutControls("the user of the Contact", text).isEmpty())
            throw new IllegalArgumentException("the user of the Contact is empty");
    }

    /** Exactly that, for a registrar that insists on it; several registrations may share it. */
    public static ContactUser given(String user) {
        return new ContactUser(user, Optional.empty());
    }

    /**
     * A word that no other registration has: {@code 1000-3fa94c1e.2}.
     *
     * @param accountUser the user of the address of record
     * @param agentWord eight hexadecimal digits that the agent has drawn
     * @param serial counts the registrations of the agent
     */
    public static ContactUser unique(String accountUser, String agentWord, int serial) {
        String prefix = accountUser + '-' + agentWord + '.';
        return new ContactUser(prefix + serial, Optional.of(prefix));
    }

    /**
     * Whether a contact that the registrar lists can be nobody's but ours, from an earlier time: it has our word, or it leads to our own
     * port with the word of a process that is no more. A contact with a user that others may have too never is.
     *
     * @param current the contact that holds now; it is not an earlier one
     */
    boolean isEarlier(SipUri listed, SipUri current) {
        if (agentPrefix.isEmpty() || listed.user().isEmpty() || isSame(listed, current)) return false;
        String user = listed.user().get();
        if (user.equals(text)) return true;
        String prefix = agentPrefix.get();
        String account = prefix.substring(0, prefix.length() - AGENT_WORD - 2);
        return isSamePort(listed, current)
                && !user.startsWith(prefix)
                && user.startsWith(account)
                && REST.matcher(user.substring(account.length())).matches();
    }

    /** Whether both lead to the same place: registrars add parameters, and write the default port or leave it out. */
    static boolean isSame(SipUri one, SipUri other) {
        return one.user().equals(other.user()) && isSamePort(one, other);
    }

    private static boolean isSamePort(SipUri one, SipUri other) {
        return one.host().equalsIgnoreCase(other.host())
                && one.portOrDefault() == other.portOrDefault()
                && one.transport() == other.transport();
    }
}

package dev.outdial.sip;

import dev.outdial.sip.message.Credentials;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.Text;
import java.util.Optional;

/**
 * Who calls.
 *
 * @param addressOfRecord the URI that stands in From
 * @param credentials how to prove it, where the trunk asks
 * @param displayName the name shown beside the number, at most 128 characters
 */
public record Account(SipUri addressOfRecord, Optional<Credentials> credentials, Optional<String> displayName) {
    /** Refuses control characters and overlong names. */
    public Account {
        displayName.ifPresent(name -> {
            Text.withoutControls("the display name", name);
            if (name.length() > 128)
                throw new IllegalArgumentException("the display name is longer than 128 characters");
        });
    }
}

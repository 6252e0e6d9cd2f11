package dev.outdial.dialer.detect;

import java.util.Locale;

/** Who answered, as far as the sound tells. */
public enum WhoAnswered {
    /** A person: a short greeting, and then waiting for ours. */
    HUMAN,
    /** A machine: a voicemail, an announcement or a menu. */
    MACHINE,
    /** The sound does not tell. */
    NOT_SURE,
    /** A fax or a modem. */
    FAX,
    /** Nobody spoke. */
    SILENCE;

    /** The word that reports use, such as {@code not-sure}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

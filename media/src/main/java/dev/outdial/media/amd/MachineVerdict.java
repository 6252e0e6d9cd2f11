package dev.outdial.media.amd;

/** Who answered. */
public enum MachineVerdict {
    /** A person: a short greeting, and then waiting for ours. */
    HUMAN,
    /** A machine: a long greeting, a beep after one, or words before the answer. */
    MACHINE,
    /** Neither is sure: the time ran out, or only tones of a network were heard. */
    NOT_SURE,
    /** A fax or modem: its tone before any word. */
    FAX,
    /** Nobody spoke. */
    SILENCE
}

package dev.outdial.testbed.dialplan;

import dev.outdial.testbed.prompts.Prompt;
import dev.outdial.testbed.rtp.TelephoneEvent;
import java.time.Duration;

/** One thing that a callee does. After its last step a callee stays until the caller hangs up. */
public sealed interface Step {

    /** Sends 180. */
    record Ring() implements Step {}

    /** Sends 183 with a session description and says the ringback tone. */
    record EarlyMedia() implements Step {}

    /** Does nothing for a while. */
    record Wait(Duration time) implements Step {
        /** Checks that the time is not negative. */
        public Wait {
            if (time.isNegative()) throw new IllegalArgumentException("negative time " + time);
        }
    }

    /** Sends 200; from now on sound flows. */
    record Answer() implements Step {}

    /** Sends a final response other than 2xx, which ends the call. */
    record Refuse(int status) implements Step {
        /** Checks that the status refuses. */
        public Refuse {
            if (status < 300 || status > 699)
                throw new IllegalArgumentException("status " + status + " does not refuse");
        }
    }

    /** Waits until the caller was heard and has then been silent for this long. */
    record AwaitMessage(Duration silence) implements Step {
        /** Checks that the silence is longer than nothing. */
        public AwaitMessage {
            if (!silence.isPositive()) throw new IllegalArgumentException("silence of " + silence);
        }
    }

    /** Presses keys and waits until the last is released. */
    record Press(String digits) implements Step {
        /** Checks that each is a key. */
        public Press {
            for (char digit : digits.toCharArray()) TelephoneEvent.eventOf(digit);
        }
    }

    /** Presses keys as tones in the sound; who does so answers without telephone-events. Waits until the last is released. */
    record PressAsTones(String digits) implements Step {
        /** Checks that each is a key. */
        public PressAsTones {
            for (char digit : digits.toCharArray()) TelephoneEvent.eventOf(digit);
        }
    }

    /** Sends an INFO for each key, and waits for nothing. */
    record PressByInfo(String digits) implements Step {
        /** Checks that each is a key. */
        public PressByInfo {
            for (char digit : digits.toCharArray()) TelephoneEvent.eventOf(digit);
        }
    }

    /** Says a prompt to its end. */
    record Say(Prompt prompt) implements Step {}

    /** Says a tone to its end. */
    record SayTone(int hertz, Duration time) implements Step {
        /** Checks that it can be heard on a telephone, and ends. */
        public SayTone {
            if (hertz < 50 || hertz > 3950) throw new IllegalArgumentException(hertz + " Hz");
            if (!time.isPositive() || time.toSeconds() > 600) throw new IllegalArgumentException("tone of " + time);
        }
    }

    /** From now on says what it hears. */
    record Echo() implements Step {}

    /** Keeps the caller's sound as a WAV file where a folder for it is configured. */
    record Keep() implements Step {}

    /** Sends BYE. */
    record HangUp() implements Step {}
}

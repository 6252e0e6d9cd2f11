package dev.outdial.server.facade.bandwidth;

import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.Callbacks;
import dev.outdial.server.calls.SoundWish;
import dev.outdial.server.calls.TransferWish;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whom a call is to be transferred to, by a request. Pure. */
final class TransferRequests {
    private static final int MAX_TAG_LENGTH = 256;
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{1,14}");

    private TransferRequests() {}

    /**
     * Reads one.
     *
     * @param call that is transferred: who has the new one told of is who has this one told of, where nothing else is said
     * @param base what the addresses of its owner's things begin with
     */
    static TransferWish read(Wishes wishes, CallRecord call, String base) {
        String caller = wishes.text("transferCallerId").orElse("from").strip();
        // What a carrier tells of who passed the call on is the trunk's own matter.
        String unused = wishes.choice("diversionTreatment", List.of("none", "propagate", "stack"), "none");
        Optional<SoundWish> whisper = wishes.object("whisperAudio").flatMap(sound -> AudioRequests.read(sound, base));
        if (whisper.filter(sound -> sound.times() == 0).isPresent()) {
            throw Refusal.invalid(
                    "The call resource property whisperAudio must not be a loop: the call would never begin");
        }
        Optional<Callbacks> callbacks = CallRequests.callbacks(wishes, base).or(call::callbacks);
        String tag = wishes.text("tag", MAX_TAG_LENGTH);
        return new TransferWish(
                CallRequests.target(wishes.required("transferTo"), "transferTo"),
                Optional.of(callerId(caller, call)).filter(number -> !number.isEmpty()),
                caller.equalsIgnoreCase("private"),
                whisper,
                callbacks,
                tag.isEmpty() ? call.tag() : tag);
    }

    private static String callerId(String asked, CallRecord call) {
        String own = (call.direction().equals("outgoing") ? call.from() : call.to()).target();
        return switch (asked.toLowerCase(Locale.ROOT)) {
            case "from" -> call.from().target();
            case "own", "private" -> own;
            default -> {
                if (!E164.matcher(asked).matches()) {
                    throw Refusal.invalid(
                            "The call resource property transferCallerId must be private, own, from or an E.164 number");
                }
                yield asked;
            }
        };
    }
}

package dev.outdial.server.calls.live;

import dev.outdial.dialer.AudioClip;
import dev.outdial.dialer.DialerException;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.SoundCheck;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Has the engine bring and decode sounds before they are needed; it keeps them for the calls. <b>Threading:</b> any. */
final class Sounds implements SoundCheck {
    private final Workshop workshop;

    Sounds(Workshop workshop) {
        this.workshop = workshop;
    }

    @Override
    public Optional<String> objection(String account, String url) {
        return objection(
                () -> workshop.clips(account).of(List.of(url), false, 0).getFirst());
    }

    @Override
    public Optional<String> objectionToWords(String text, String language) {
        return objection(() -> Clips.saying(text, language, "", 1));
    }

    private Optional<String> objection(Supplier<AudioClip> clip) {
        try {
            workshop.dialer().load(clip.get());
            return Optional.empty();
        } catch (DialerException | ServiceException unplayable) {
            return Optional.of(String.valueOf(unplayable.getMessage()));
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return Optional.of("the server ends");
        }
    }
}

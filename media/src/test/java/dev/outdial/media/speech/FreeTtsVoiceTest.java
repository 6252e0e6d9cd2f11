package dev.outdial.media.speech;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FreeTtsVoiceTest {
    /** The library keeps in a place for all what it reads of one voice. */
    @Test
    void severalMayBeLoadedAtOnce() throws Exception {
        List<Callable<FreeTtsVoice>> loads = new ArrayList<>();
        for (int i = 0; i < 8; i++) loads.add(FreeTtsVoice::new);
        try (var threads = Executors.newFixedThreadPool(loads.size())) {
            for (Future<FreeTtsVoice> loaded : threads.invokeAll(loads))
                assertThat(loaded.get()).isNotNull();
        }
    }
}

package dev.outdial.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.ServiceException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the embedded store's file keeps, whatever becomes of the process, the power and the disk. */
class DurabilityTest {
    @TempDir
    Path folder = Path.of("");

    @AfterEach
    void makeRoom() {
        WatchedFiles.isFull = false;
        WatchedFiles.imageEach = 0;
    }

    @Test
    void nothingIsAcknowledgedThatNoSyncBroughtToTheDisk() throws Exception {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        List<String> asked = new ArrayList<>();
        try (Store store = watched()) {
            for (int i = 0; i < 5; i++) {
                long before = WatchedFiles.SYNCS.get();
                acknowledged.add(keep(store));
                assertThat(WatchedFiles.SYNCS.get()).as("a sync for one alone").isGreaterThan(before);
            }
            // Many at once share syncs; at any time the power may fail.
            Thread many = Thread.ofPlatform().start(() -> {
                try {
                    asked.addAll(StoreStories.atOnce(16, i -> {
                        String id = "";
                        for (int n = 0; n < 12; n++) {
                            id = keep(store);
                            acknowledged.add(id);
                        }
                        return id;
                    }));
                } catch (Exception trouble) {
                    throw new IllegalStateException(trouble);
                }
            });
            int failures = 0;
            while (many.isAlive() && failures < 5) {
                List<String> until = List.copyOf(acknowledged);
                assertThat(idsIn(copy(WatchedFiles.afterPowerFailure(file()), failures++)))
                        .containsAll(until);
            }
            many.join();
            long callsOfAllAtOnce = 16 * 12;
            assertThat(store.syncs()).isLessThan(callsOfAllAtOnce);
            assertThat(asked).hasSize(16);
            assertThat(idsIn(copy(WatchedFiles.afterPowerFailure(file()), 99))).containsAll(acknowledged);
        }
    }

    @Test
    void whatWasCommittedLightlyOutlivesAKilledProcess() throws IOException {
        try (Store store = watched()) {
            List<String> acknowledged = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                CallRecord call = Samples.queued("kill", "+49");
                acknowledged.add(store.lightly(tables -> {
                    tables.calls().insert(call);
                    return call.id();
                }));
            }
            // What a process leaves that ends between two instructions: its file, as it was written.
            assertThat(idsIn(copy(file(), 0))).containsAll(acknowledged);
        }
    }

    /** Its indexes have what its tables have, whatever other transactions were up to when the process was killed. */
    @Tag("slow")
    @Test
    void theFileIsWholeWheneverTheProcessIsKilled() throws Exception {
        try (Store store = watched()) {
            WatchedFiles.imageEach = 4;
            var unused = StoreStories.atOnce(8, i -> {
                for (int n = 0; n < 60; n++) {
                    CallRecord call = Samples.queued("kept", "+49");
                    String delivery = store.lightly(tables -> {
                        tables.calls().insert(call);
                        String event = tables.events()
                                .append("kept", "call.created", Samples.NOW, call.id(), "{}")
                                .id();
                        tables.outbox()
                                .insert(OutboxRow.pending(
                                        event,
                                        "kept",
                                        event,
                                        call.id(),
                                        "hook/" + event,
                                        1,
                                        "hook",
                                        "",
                                        "{}",
                                        Samples.NOW));
                        return event;
                    });
                    boolean isDelivered = store.lightly(tables -> {
                        tables.outbox().delivered(delivery, Samples.NOW);
                        return true;
                    });
                    assertThat(isDelivered).isTrue();
                }
                return i;
            });
            WatchedFiles.imageEach = 0;
        }
        for (Path image : WatchedFiles.images(file())) {
            assertThat(StoreFile.complaints(image.toString().replace(".mv.db", "")))
                    .as(image.toString())
                    .isEmpty();
        }
        assertThat(WatchedFiles.images(file())).hasSizeGreaterThan(10);
    }

    @Test
    void aFullDiskRefusesAndIsServedAgainWhenThereIsRoom() throws Exception {
        try (Store store = watched()) {
            String before = keep(store);
            WatchedFiles.isFull = true;
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> keep(store))
                        .isInstanceOfSatisfying(
                                ServiceException.class,
                                told -> assertThat(told.kind()).isEqualTo(ServiceException.Kind.UNAVAILABLE));
            }
            WatchedFiles.isFull = false;
            Optional<String> after = Optional.empty();
            long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (after.isEmpty() && System.nanoTime() < end) {
                after = kept(store);
            }
            String again = after.orElseThrow(() -> new AssertionError("not served again in ten seconds"));
            assertThat(store.health().up()).isTrue();
            assertThat(idsIn(copy(WatchedFiles.afterPowerFailure(file()), 0))).contains(before, again);
        }
    }

    @Test
    void aDamagedFileIsRefusedWithASentenceAndLeftAlone() throws IOException {
        try (Store store = Store.open(StoreSettings.inFolder(folder))) {
            keep(store);
        }
        byte[] garbage = new byte[(int) Files.size(file())];
        java.util.Arrays.fill(garbage, (byte) 7);
        Files.write(file(), garbage);
        assertThatThrownBy(() -> Store.open(StoreSettings.inFolder(folder)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(file().toString())
                .hasMessageContaining("damaged");
        assertThat(Files.readAllBytes(file())).isEqualTo(garbage);
    }

    @Test
    void aFileThatAnotherProcessHasOpenIsRefused() throws IOException {
        try (Store store = Store.open(StoreSettings.inFolder(folder))) {
            keep(store);
        }
        try (FileChannel other = FileChannel.open(file(), StandardOpenOption.READ, StandardOpenOption.WRITE);
                var lock = other.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThatThrownBy(() -> Store.open(StoreSettings.inFolder(folder)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("open in another process");
        }
    }

    @Test
    void aFileThatThisProcessHasOpenIsRefusedToo() {
        try (Store store = Store.open(StoreSettings.inFolder(folder))) {
            keep(store);
            assertThatThrownBy(() -> Store.open(StoreSettings.inFolder(folder.resolve("../" + folder.getFileName()))))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("open already in this process");
            keep(store);
        }
        Store.open(StoreSettings.inFolder(folder)).close();
    }

    @Test
    void aStoreThatWasClosedIsThereWhenItIsOpenedAgain() {
        String id;
        try (Store store = Store.open(StoreSettings.inFolder(folder))) {
            id = keep(store);
        }
        try (Store store = Store.open(StoreSettings.inFolder(folder))) {
            Optional<CallRecord> call = store.read(tables -> tables.calls().byId(id));
            assertThat(call).isPresent();
        }
    }

    @Test
    void whoIsInterruptedHarmsNothing() {
        try (Store store = Store.open(StoreSettings.inFolder(folder))) {
            Thread.currentThread().interrupt();
            String id = keep(store);
            assertThat(Thread.interrupted()).as("told by the flag").isTrue();
            Optional<CallRecord> call = store.read(tables -> tables.calls().byId(id));
            assertThat(call).isPresent();
        }
    }

    private Path file() {
        return folder.resolve("outdial.mv.db");
    }

    private Store watched() {
        WatchedFiles.register();
        return Store.open(StoreSettings.h2(WatchedFiles.SCHEME + ":" + folder.resolve("outdial")));
    }

    private static String keep(Store store) {
        CallRecord call = Samples.queued("kept", "+49");
        return store.durably(tables -> {
            tables.calls().insert(call);
            return call.id();
        });
    }

    private static Optional<String> kept(Store store) {
        try {
            return Optional.of(keep(store));
        } catch (ServiceException notYet) {
            return Optional.empty();
        }
    }

    private Path copy(Path from, int number) throws IOException {
        Path to = folder.resolve("copy" + number + ".mv.db");
        return Files.copy(from, to);
    }

    private static List<String> idsIn(Path copy) {
        String name = copy.toString().replace(".mv.db", "");
        try (Store store = Store.open(StoreSettings.h2("file:" + name))) {
            return store.read(tables ->
                    List.copyOf(tables.queue().claimDue("reader", 0, Samples.NOW.plusSeconds(1), 10_000).stream()
                            .map(claim -> claim.call().id())
                            .toList()));
        }
    }
}

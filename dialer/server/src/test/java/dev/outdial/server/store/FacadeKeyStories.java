package dev.outdial.server.store;

import static dev.outdial.server.store.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Credentials of facades. */
abstract class FacadeKeyStories extends StoreStories {
    FacadeKeyStories(Databases database) {
        super(database);
    }

    private static StoredFacadeKey key(String id, String facade, String name) {
        return new StoredFacadeKey(id, "acme", facade, name, "sha256:" + id, NOW);
    }

    private boolean insert(StoredFacadeKey key) {
        return done(store, tables -> tables.facadeKeys().insert(key));
    }

    @Test
    void aNameIsGivenOncePerFacadeHoweverManyWantItAtOnce() throws Exception {
        List<Boolean> given = atOnce(8, i -> insert(key("k" + i, "bandwidth", "token")));

        assertThat(given).containsOnlyOnce(true);
        assertThat(insert(key("other", "neutrino", "token"))).isTrue();
        assertThat(maybe(store, tables -> tables.facadeKeys().named("neutrino", "token")))
                .contains(key("other", "neutrino", "token"));
    }

    @Test
    void oneIsFoundByItsHashAndItsNameIsFreeWhenItIsDeleted() {
        StoredFacadeKey made = key("mine", "cequens", "user");
        assertThat(insert(made)).isTrue();
        assertThat(maybe(store, tables -> tables.facadeKeys().withHash("cequens", "sha256:mine")))
                .contains(made);
        assertThat(maybe(store, tables -> tables.facadeKeys().withHash("voipbin", "sha256:mine")))
                .isEmpty();

        assertThat(done(store, tables -> tables.facadeKeys().delete("others", "mine")))
                .isFalse();
        assertThat(done(store, tables -> tables.facadeKeys().delete("acme", "mine")))
                .isTrue();

        assertThat(maybe(store, tables -> tables.facadeKeys().find("acme", "mine")))
                .isEqualTo(Optional.empty());
        assertThat(insert(key("next", "cequens", "user"))).isTrue();
        assertThat(several(store, tables -> tables.facadeKeys().ofAccount("acme")))
                .anyMatch(one -> one.id().equals("next"));
    }
}

package dev.outdial.server.store;

import org.junit.jupiter.api.Nested;

/** All stories on the embedded database. */
class H2StoreTest {
    @Nested
    class Calls extends CallStories {
        Calls() {
            super(Databases.H2);
        }
    }

    @Nested
    class Events extends EventStories {
        Events() {
            super(Databases.H2);
        }
    }

    @Nested
    class FacadeKeys extends FacadeKeyStories {
        FacadeKeys() {
            super(Databases.H2);
        }
    }

    @Nested
    class Ledger extends LedgerStories {
        Ledger() {
            super(Databases.H2);
        }
    }
}

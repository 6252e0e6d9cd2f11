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
    class Tallies extends TallyStories {
        Tallies() {
            super(Databases.H2);
        }
    }

    @Nested
    class Traces extends TraceStories {
        Traces() {
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

    @Nested
    class Campaigns extends CampaignStories {
        Campaigns() {
            super(Databases.H2);
        }
    }
}

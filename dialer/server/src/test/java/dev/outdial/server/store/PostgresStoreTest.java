package dev.outdial.server.store;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** All stories on PostgreSQL, and those of several processes on it. */
@Tag("slow")
class PostgresStoreTest {
    @Nested
    class Calls extends CallStories {
        Calls() {
            super(Databases.POSTGRESQL);
        }
    }

    @Nested
    class Events extends EventStories {
        Events() {
            super(Databases.POSTGRESQL);
        }
    }

    @Nested
    class Tallies extends TallyStories {
        Tallies() {
            super(Databases.POSTGRESQL);
        }
    }

    @Nested
    class Traces extends TraceStories {
        Traces() {
            super(Databases.POSTGRESQL);
        }
    }

    @Nested
    class FacadeKeys extends FacadeKeyStories {
        FacadeKeys() {
            super(Databases.POSTGRESQL);
        }
    }

    @Nested
    class Ledger extends LedgerStories {
        Ledger() {
            super(Databases.POSTGRESQL);
        }
    }

    @Nested
    class Campaigns extends CampaignStories {
        Campaigns() {
            super(Databases.POSTGRESQL);
        }
    }

    @Nested
    class Nodes extends NodeStories {}
}

package dev.outdial.server.store;

import java.sql.Connection;

/** All tables, within one transaction: whose own they are, and no longer than it lasts. */
public final class Tables {
    private final CallsTable calls;
    private final QueueTable queue;
    private final EventsTable events;
    private final OutboxTable outbox;
    private final IdempotencyTable idempotency;
    private final AccountsTable accounts;
    private final KeysTable keys;
    private final FacadeKeysTable facadeKeys;
    private final DoNotCallTable doNotCall;
    private final AttemptsTable attempts;
    private final PaceTable pace;
    private final NodesTable nodes;
    private final JournalTable journal;
    private final DialogsTable dialogs;
    private final TallyTable tallies;
    private final TracesTable traces;
    private final CampaignsTable campaigns;
    private final Retention retention;
    private final OldKeys oldKeys;
    private final Sql sql;

    Tables(Connection connection) {
        sql = new Sql(connection);
        calls = new CallsTable(sql);
        queue = new QueueTable(sql);
        events = new EventsTable(sql);
        outbox = new OutboxTable(sql);
        idempotency = new IdempotencyTable(sql);
        accounts = new AccountsTable(sql);
        keys = new KeysTable(sql);
        facadeKeys = new FacadeKeysTable(sql);
        doNotCall = new DoNotCallTable(sql);
        attempts = new AttemptsTable(sql);
        pace = new PaceTable(sql);
        nodes = new NodesTable(sql);
        journal = new JournalTable(sql);
        dialogs = new DialogsTable(sql);
        tallies = new TallyTable(sql);
        traces = new TracesTable(sql);
        campaigns = new CampaignsTable(sql);
        retention = new Retention(sql);
        oldKeys = new OldKeys(sql);
    }

    public CallsTable calls() {
        return calls;
    }

    /** The calls that wait, and who works on which. */
    public QueueTable queue() {
        return queue;
    }

    public EventsTable events() {
        return events;
    }

    public OutboxTable outbox() {
        return outbox;
    }

    public IdempotencyTable idempotency() {
        return idempotency;
    }

    public AccountsTable accounts() {
        return accounts;
    }

    public KeysTable keys() {
        return keys;
    }

    public FacadeKeysTable facadeKeys() {
        return facadeKeys;
    }

    public DoNotCallTable doNotCall() {
        return doNotCall;
    }

    public AttemptsTable attempts() {
        return attempts;
    }

    public NodesTable nodes() {
        return nodes;
    }

    public JournalTable journal() {
        return journal;
    }

    public DialogsTable dialogs() {
        return dialogs;
    }

    /** Counters with limits. */
    public TallyTable tallies() {
        return tallies;
    }

    /** What went over the wire. */
    public TracesTable traces() {
        return traces;
    }

    /** Campaigns, and which calls are theirs. */
    public CampaignsTable campaigns() {
        return campaigns;
    }

    public Retention retention() {
        return retention;
    }

    /** Keys of requests that outlived what they made. */
    public OldKeys oldKeys() {
        return oldKeys;
    }

    public DocumentTable flows() {
        return documents(DocumentTable.Kind.FLOW);
    }

    /** Trunks; their passwords stand in the body, which is shown to nobody as it is. */
    public DocumentTable trunks() {
        return documents(DocumentTable.Kind.TRUNK);
    }

    /** Numbers; {@code name} is the E.164 number, {@code parent} the trunk. */
    public DocumentTable numbers() {
        return documents(DocumentTable.Kind.NUMBER);
    }

    /** Who is told of calls that come in. */
    public DocumentTable applications() {
        return documents(DocumentTable.Kind.APPLICATION);
    }

    /** Recordings; {@code parent} is the call. */
    public DocumentTable recordings() {
        return documents(DocumentTable.Kind.RECORDING);
    }

    /** Uploads; what was uploaded lies in files. */
    public DocumentTable media() {
        return documents(DocumentTable.Kind.MEDIA);
    }

    public DocumentTable groupcalls() {
        return documents(DocumentTable.Kind.GROUPCALL);
    }

    /** Gatherings of keys; {@code parent} is the call. */
    public DocumentTable gathers() {
        return documents(DocumentTable.Kind.GATHER);
    }

    public DocumentTable bridges() {
        return documents(DocumentTable.Kind.BRIDGE);
    }

    /** Receivers of webhooks, with their secrets in the body. */
    public DocumentTable webhooks() {
        return documents(DocumentTable.Kind.WEBHOOK);
    }

    PaceTable pace() {
        return pace;
    }

    private DocumentTable documents(DocumentTable.Kind kind) {
        return new DocumentTable(sql, kind);
    }
}

package dev.outdial.server.calls;

/** All that the APIs ask. */
public record Services(
        CallService calls,
        GroupcallService groupcalls,
        FlowService flows,
        FlowCheck flowCheck,
        RecordingService recordings,
        BridgeService bridges,
        MediaService media,
        TrunkService trunks,
        NumberService numbers,
        AccountService accounts,
        KeyService keys,
        AnswerService answers,
        DoNotCallService doNotCall,
        EventService events,
        WebhookService webhooks,
        ServerHealth health,
        FacadeKeyService facadeKeys,
        CounterService counters,
        SoundCheck sounds,
        ImmediateCalls immediate,
        ApplicationService applications,
        TraceService traces,
        CampaignService campaigns) {}

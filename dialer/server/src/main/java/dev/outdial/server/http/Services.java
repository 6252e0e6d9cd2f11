package dev.outdial.server.http;

import dev.outdial.server.calls.AccountService;
import dev.outdial.server.calls.AnswerService;
import dev.outdial.server.calls.BridgeService;
import dev.outdial.server.calls.CallService;
import dev.outdial.server.calls.DoNotCallService;
import dev.outdial.server.calls.EventService;
import dev.outdial.server.calls.FlowCheck;
import dev.outdial.server.calls.FlowService;
import dev.outdial.server.calls.GroupcallService;
import dev.outdial.server.calls.KeyService;
import dev.outdial.server.calls.MediaService;
import dev.outdial.server.calls.NumberService;
import dev.outdial.server.calls.RecordingService;
import dev.outdial.server.calls.ServerHealth;
import dev.outdial.server.calls.TrunkService;
import dev.outdial.server.calls.WebhookService;

/** All that the API asks. */
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
        ServerHealth health) {}

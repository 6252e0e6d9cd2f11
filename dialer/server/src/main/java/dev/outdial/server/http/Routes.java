package dev.outdial.server.http;

import dev.outdial.server.calls.Services;
import java.util.ArrayList;
import java.util.List;

/** All places of the API. */
final class Routes {
    static final String API = "/api/v1";

    private Routes() {}

    static List<Route> of(Services services, EventStreams streams) {
        var plans = new PlanReader(services.flowCheck());
        var calls = new NewCalls(plans);
        var routes = new ArrayList<Route>();
        routes.addAll(new CallRoutes(services.calls(), calls).routes());
        routes.addAll(new TraceRoutes(services.traces()).routes());
        routes.addAll(new ControlRoutes(services.calls()).routes());
        routes.addAll(new GroupRoutes(services.groupcalls(), services.bridges(), calls).routes());
        routes.addAll(new CampaignRoutes(services.campaigns(), calls).routes());
        routes.addAll(new ListRoutes(services, plans).routes());
        routes.addAll(new ContentRoutes(services.recordings(), services.media()).routes());
        routes.addAll(new TrunkRoutes(services.trunks()).routes());
        routes.addAll(new KeyRoutes(services.keys()).routes());
        routes.addAll(new FacadeKeyRoutes(services.facadeKeys()).routes());
        routes.addAll(new EventRoutes(services.events(), streams).routes());
        routes.addAll(new WebhookRoutes(services.webhooks()).routes());
        routes.addAll(new ServerRoutes(services.health()).routes());
        return routes;
    }
}

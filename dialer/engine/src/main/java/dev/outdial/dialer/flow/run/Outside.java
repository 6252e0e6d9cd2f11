package dev.outdial.dialer.flow.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.FlowException;
import dev.outdial.dialer.flow.OutsideAction;
import dev.outdial.dialer.flow.json.FlowReader;
import dev.outdial.dialer.flow.machine.FlowEvent.Result;
import dev.outdial.dialer.sound.FetchOptions;
import dev.outdial.media.fetch.AddressRule;
import dev.outdial.media.fetch.FetchException;
import dev.outdial.media.fetch.FetchPolicy;
import dev.outdial.media.fetch.WebClient;
import dev.outdial.media.fetch.WebRequest;
import dev.outdial.media.fetch.WebResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Whom a flow asks and tells by HTTP. <b>Threading:</b> blocks; each method on a thread of its own. */
final class Outside {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final long MOST_BYTES = 256 << 10;
    private static final int OK = 200;
    private static final String JSON = "application/json";
    private static final JsonMapper MAPPER = new JsonMapper();

    private final FlowSettings settings;
    private final WebClient web;

    Outside(FlowSettings settings) {
        this.settings = settings;
        this.web = new WebClient(policy(settings.http()));
    }

    /** No redirects: whoever asks and tells sends along what is not for others. */
    private static FetchPolicy policy(FetchOptions options) {
        FetchPolicy policy = FetchPolicy.DEFAULT
                .withPorts(options.ports())
                .withMaxBytes(MOST_BYTES)
                .withLimit(LIMIT)
                .withMaxRedirects(0);
        return options.privateAddresses() ? policy.withAddresses(AddressRule.ANY) : policy;
    }

    /** Asks for actions. */
    Result fetch(FlowLine line, OutsideAction.Fetch options) throws InterruptedException {
        Runnable answered = line.dialer().backstage().hold(); // others have a time of their own
        try {
            String method = method(options.method());
            WebTarget target = WebTarget.of(options.url());
            WebRequest request;
            if (method.equals("GET")) {
                request = target.with("activeflow_id", line.runId())
                        .with("reference_id", line.call().id())
                        .request(method, Optional.empty());
            } else {
                String body = MAPPER.createObjectNode()
                        .put("activeflow_id", line.runId())
                        .put("reference_id", line.call().id())
                        .toString();
                request = target.request(method, Optional.of(body)).with("Content-Type", JSON);
            }
            return web.exchange(request.with("Accept", JSON), Outside::brought);
        } catch (IOException | IllegalArgumentException failed) {
            return failed(failed);
        } finally {
            answered.run();
        }
    }

    private static Result brought(WebResponse response) throws IOException {
        String from = response.host() + " answered ";
        if (response.status() != OK) return new Result.Failed(from + response.status() + " in place of actions");
        String body = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Result.Brought(FlowReader.read(body));
        } catch (FlowException wrong) {
            return new Result.Failed(from + "with actions that are none: "
                    + wrong.findings().getFirst().toString());
        }
    }

    /** Looks a flow up. */
    Result fetchFlow(String flowId) {
        Optional<Flow> known = settings.flows().apply(flowId);
        return known.<Result>map(Result.Brought::new)
                .orElseGet(() -> new Result.Failed("there is no flow '" + flowId + "'"));
    }

    /** Tells somebody something. */
    Result send(FlowLine line, OutsideAction.WebhookSend options) throws InterruptedException {
        Runnable answered = line.dialer().backstage().hold(); // others have a time of their own
        try {
            String method = method(options.method());
            WebTarget target = WebTarget.of(options.url());
            WebRequest request = method.equals("GET")
                    ? target.request(method, Optional.empty())
                    : target.request(method, Optional.of(options.data()))
                            .with("Content-Type", options.dataType().isBlank() ? JSON : options.dataType());
            return web.exchange(
                    request,
                    response -> response.status() / 100 == 2
                            ? new Result.Finished()
                            : new Result.Failed(response.host() + " answered " + response.status()));
        } catch (IOException | IllegalArgumentException failed) {
            return failed(failed);
        } finally {
            answered.run();
        }
    }

    private static String method(String written) {
        String method = written.strip().toUpperCase(Locale.ROOT);
        return method.isEmpty() ? "POST" : method;
    }

    /** What others say of a failure may hold the whole address, or a secret. */
    private static Result failed(Exception failed) throws InterruptedException {
        if (Thread.interrupted()) throw new InterruptedException();
        return new Result.Failed(
                failed instanceof FetchException || failed instanceof IllegalArgumentException
                        ? String.valueOf(failed.getMessage())
                        : "the answer cannot be read");
    }
}

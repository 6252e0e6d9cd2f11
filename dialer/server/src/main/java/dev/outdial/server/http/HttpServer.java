package dev.outdial.server.http;

import dev.outdial.server.calls.Services;
import dev.outdial.server.facade.Facade;
import dev.outdial.server.facade.Mount;
import dev.outdial.server.facade.Place;
import dev.outdial.server.facade.Trouble;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.NotFoundResponse;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the native API until it is closed. <b>Threading:</b> any; each request has a virtual thread of its own. */
public final class HttpServer implements AutoCloseable {
    private static final Logger ACCESS = LoggerFactory.getLogger("dev.outdial.server.http.access");

    private static final String PAGES = "dashboard";

    private final HttpSettings settings;
    private final LongSupplier nanos;
    private final Consumer<String> accessLog;
    private final AtomicBoolean draining = new AtomicBoolean();
    private final EventStreams streams;
    private final Door door;
    private final FacadeDoor facadeDoor;
    private final Placement placement;
    private final Javalin javalin;

    private HttpServer(
            HttpSettings settings,
            Services services,
            List<Mount> facades,
            InstantSource clock,
            LongSupplier nanos,
            Consumer<String> accessLog) {
        this.settings = settings;
        this.nanos = nanos;
        this.accessLog = accessLog;
        var guard = new Guard(services.keys(), clock, nanos);
        this.streams = new EventStreams(services.events(), settings.heartbeat(), guard::isStillGood);
        this.door = new Door(settings, guard, services.answers(), draining::get, nanos);
        this.facadeDoor = new FacadeDoor(settings, draining::get, nanos);
        this.placement = new Placement(facades, settings.port());
        List<Route> routes = Routes.of(services, streams);
        this.javalin = Javalin.create(config -> configure(config, routes));
    }

    /** Starts serving; throws {@link UncheckedIOException} where it cannot listen there. */
    public static HttpServer start(HttpSettings settings, Services services, List<Mount> facades) {
        return start(settings, services, facades, InstantSource.system(), System::nanoTime, ACCESS::info);
    }

    /** The same with clocks and a log of the caller's. */
    static HttpServer start(
            HttpSettings settings,
            Services services,
            List<Mount> facades,
            InstantSource clock,
            LongSupplier nanos,
            Consumer<String> accessLog) {
        var server = new HttpServer(settings, services, facades, clock, nanos, accessLog);
        try {
            server.javalin.start();
            return server;
        } catch (JavalinException e) {
            server.close();
            throw new UncheckedIOException(
                    new BindException("cannot listen at " + settings.host() + " port " + settings.port()
                            + server.placement.ownPorts().stream()
                                    .map(port -> " or " + port)
                                    .collect(Collectors.joining())
                            + why(e)));
        }
    }

    /** What the system says, which is the innermost cause. */
    private static String why(Throwable trouble) {
        Throwable innermost = trouble;
        while (innermost.getCause() != null) innermost = innermost.getCause();
        return innermost instanceof IOException said ? ": " + said.getMessage() : "";
    }

    /** Where it listens. */
    public int port() {
        return javalin.port();
    }

    /** From now on nothing new is taken: creates are answered 503, all else goes on. */
    public void drain() {
        draining.set(true);
    }

    /** Ends the event streams, lets what is in work finish for some seconds, and stops. */
    @Override
    public void close() {
        streams.close();
        javalin.stop();
    }

    private void configure(JavalinConfig config, List<Route> routes) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.concurrency.useVirtualThreads = true;
        config.http.prefer405over404 = true;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        Wire.configure(config.jetty, settings, placement.ownPorts());
        config.router.javaLangErrorHandler(Door::failed);
        config.routes.before(context -> Headers.begin(context, settings, nanos.getAsLong()));
        for (Route route : routes) {
            add(config, route.method(), route);
            if (route.method().equals("GET") && route.kind() != Route.Kind.STREAM) add(config, "HEAD", route);
        }
        addFacades(config);
        config.routes.exception(HttpResponseException.class, this::refused);
        config.routes.exception(Exception.class, (e, context) -> Door.failed(context, e));
        config.requestLogger.http((context, millis) -> log(context));
    }

    private void add(JavalinConfig config, String method, Route route) {
        config.routes.addHttpHandler(HandlerType.findOrCreate(method), route.path(), context -> {
            if (placement.isAtOwnPort(context)) throw new NotFoundResponse();
            door.pass(route, context);
        });
    }

    private record Handler(Mount mount, Place place) {}

    /** Two facades may have the same place, each at its own port or host. */
    private void addFacades(JavalinConfig config) {
        Map<String, List<Handler>> places = new LinkedHashMap<>();
        for (Mount mount : placement.mounts()) {
            for (Place place : mount.facade().places()) {
                places.computeIfAbsent(place.method() + " " + place.path(), name -> new ArrayList<>())
                        .add(new Handler(mount, place));
            }
        }
        for (List<Handler> handlers : places.values()) {
            Place first = handlers.getFirst().place();
            config.routes.addHttpHandler(HandlerType.findOrCreate(first.method()), first.path(), context -> {
                Handler served = handlers.stream()
                        .filter(one -> placement.isServed(one.mount(), context))
                        .findFirst()
                        .orElseThrow(NotFoundResponse::new);
                facadeDoor.pass(served.mount().facade(), served.place(), context);
            });
        }
    }

    /** What Javalin itself refuses. */
    private void refused(HttpResponseException e, Context context) {
        Optional<Facade> owner = placement.owner(context);
        int status = owner.isEmpty() && placement.isHidden(context) ? 404 : e.getStatus();
        Trouble trouble = status == 404 ? Trouble.NO_SUCH_PLACE : status == 405 ? Trouble.OTHER_METHOD : Trouble.BROKEN;
        if (owner.isPresent()) {
            FacadeDoor.refuse(owner.get(), trouble, context);
            return;
        }
        Problem problem = switch (status) {
            case 404 -> Problem.of(404, "no_such_place", "nothing is served at this path");
            case 405 ->
                new Problem(
                        405,
                        "method",
                        "this path does not take " + context.req().getMethod(),
                        List.of(),
                        Map.of("Allow", allowed(e)));
            default -> Problem.of(status < 500 ? status : 500, "refused", "the request cannot be taken");
        };
        Replies.write(problem, context);
    }

    private static String allowed(HttpResponseException e) {
        return e.getDetails().getOrDefault("availableMethods", "");
    }

    /** What a page that somebody looks at asks for each second: it would be all that the log has. */
    private boolean isPiece(Context context) {
        return context.req().getMethod().equals("GET")
                && context.res().getStatus() == 200
                && context.req().getHeader("HX-Request") != null
                && placement
                        .owner(context)
                        .filter(facade -> facade.name().equals(PAGES))
                        .isPresent();
    }

    private void log(Context context) {
        if (isPiece(context)) return;
        long now = nanos.getAsLong();
        long millis = TimeUnit.NANOSECONDS.toMillis(now - Headers.startedNanos(context, now));
        // What a client sends must not begin a line of its own.
        String path = context.req().getRequestURI().replaceAll("[^\\x21-\\x7E]", "?");
        accessLog.accept("request=" + Headers.requestId(context) + " "
                + context.req().getMethod() + " " + (settings.maskNumbers() ? Masking.path(path) : path) + " "
                + context.res().getStatus() + " " + millis + " ms key="
                + Headers.keyPrefix(context).orElse("-") + " from="
                + context.req().getRemoteAddr());
    }
}

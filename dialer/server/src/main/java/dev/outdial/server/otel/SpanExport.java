package dev.outdial.server.otel;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Sends spans by OTLP over HTTP, some at a time, without holding anybody up: what does not fit into its queue of 2,048 is dropped.
 * <b>Threading:</b> any.
 */
final class SpanExport implements AutoCloseable {
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(10);
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(3);

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    SpanExport(TracingSettings settings) {
        LibraryLog.take();
        OtlpHttpSpanExporterBuilder exporter =
                OtlpHttpSpanExporter.builder().setEndpoint(settings.endpoint()).setTimeout(LONGEST_REQUEST);
        settings.headers().forEach(exporter::addHeader);
        provider = SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.builder()
                        .put("service.name", settings.serviceName())
                        .build()))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter.build())
                        .setScheduleDelay(EVERY)
                        .build())
                .build();
        tracer = provider.get("dev.outdial");
    }

    /** Sends it soon. @param parent a traceparent; the span begins a trace of its own without one */
    void send(SpanValue span, Optional<String> parent) {
        send(span, parent.map(SpanExport::context).orElseGet(Context::root));
    }

    /** Of {@code 00-trace-span-flags}. */
    private static Context context(String parent) {
        String[] parts = parent.split("-", -1);
        SpanContext remote = SpanContext.createFromRemoteParent(
                parts[1], parts[2], TraceFlags.fromHex(parts[3], 0), TraceState.getDefault());
        return Context.root().with(Span.wrap(remote));
    }

    private void send(SpanValue span, Context parent) {
        SpanBuilder builder = tracer.spanBuilder(span.name())
                .setParent(parent)
                .setSpanKind(SpanKind.valueOf(span.kind().name()))
                .setStartTimestamp(span.start())
                .setAllAttributes(attributes(span.attributes()));
        Span begun = builder.startSpan();
        span.points().forEach(point -> begun.addEvent(point.name(), attributes(point.attributes()), point.at()));
        span.error().ifPresent(why -> begun.setStatus(StatusCode.ERROR, why));
        span.within().forEach(child -> send(child, parent.with(begun)));
        begun.end(span.end());
    }

    private static Attributes attributes(Map<String, Object> values) {
        AttributesBuilder builder = Attributes.builder();
        values.forEach((name, value) -> {
            switch (value) {
                case Long number -> builder.put(name, number);
                case Boolean flag -> builder.put(name, flag);
                default -> builder.put(name, value.toString());
            }
        });
        return builder.build();
    }

    /** Sends what waits, for a few seconds at most. */
    @Override
    public void close() {
        var unused = provider.shutdown().join(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
    }
}

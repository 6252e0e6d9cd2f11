package dev.outdial.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outdial.dialer.log.LogMark;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class JsonLinesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final List<byte[]> lines = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();

    /** What a logger of another context than the process's writes, in both forms. */
    private Logger logger(Masks masks) {
        // The values of threads are the process's.
        var process = (LoggerContext) LoggerFactory.getILoggerFactory();
        var context = new LoggerContext();
        context.setMDCAdapter(process.getMDCAdapter());
        var json = new JsonLines(masks);
        json.setContext(context);
        json.start();
        var text = new PatternLayout();
        text.setContext(context);
        text.getInstanceConverterMap().put("ofcall", OfCallConverter::new);
        text.setPattern("%ofcall%msg");
        text.start();
        var appender = new AppenderBase<ILoggingEvent>() {
            @Override
            protected void append(ILoggingEvent event) {
                lines.add(json.encode(event));
                texts.add(text.doLayout(event));
            }
        };
        appender.setContext(context);
        appender.start();
        Logger logger = context.getLogger("dev.outdial.test");
        logger.setLevel(Level.DEBUG);
        logger.addAppender(appender);
        return logger;
    }

    private JsonNode line(int number) throws Exception {
        String line = new String(lines.get(number), StandardCharsets.UTF_8);
        assertThat(line).endsWith("\n").doesNotContain("\n\n");
        assertThat(line.strip()).doesNotContain("\n");
        return JSON.readTree(line);
    }

    @Test
    void aLineIsAnObjectWithTheCallThatItsThreadWorksFor() throws Exception {
        Logger logger = logger(Masks.ALL);

        logger.info("before");
        LogMark.around("7f3a", () -> {
                    logger.info("call={} trunk={} rings", "sip-id", "carrier");
                    LogMark.around("other", () -> logger.warn("first\nsecond")).run();
                    logger.info("call={} is over", "7f3a");
                })
                .run();
        logger.info("call={} of a process that is gone", "8c1d");
        logger.info("after");

        assertThat(line(0).path("mdc").path("call").isMissingNode()).isTrue();
        assertThat(line(0).path("level").asText()).isEqualTo("INFO");
        assertThat(line(0).path("loggerName").asText()).isEqualTo("dev.outdial.test");
        assertThat(line(0).path("timestamp").asLong()).isPositive();
        assertThat(line(1).path("mdc").path("call").asText()).isEqualTo("7f3a");
        assertThat(line(1).path("formattedMessage").asText()).isEqualTo("call=sip-id trunk=carrier rings");
        assertThat(line(2).path("mdc").path("call").asText()).isEqualTo("other");
        assertThat(line(2).path("formattedMessage").asText()).isEqualTo("first\nsecond");
        assertThat(line(3).path("mdc").path("call").asText()).isEqualTo("7f3a");
        assertThat(line(4).path("mdc").path("call").asText()).isEqualTo("8c1d");
        assertThat(line(5).path("mdc").path("call").isMissingNode()).isTrue();
        assertThat(texts)
                .containsExactly(
                        "before",
                        "[7f3a] call=sip-id trunk=carrier rings",
                        "[other] first\nsecond",
                        "call=7f3a is over",
                        "call=8c1d of a process that is gone",
                        "after");
    }

    @Test
    void secretsAndNumbersAreLeftOutOfSentencesAndOfWhatWasThrown() throws Exception {
        Logger logger = logger(Masks.ALL);

        var cause = new IllegalArgumentException("digits=4711");
        logger.error(
                "to +15550100123 with od_8xW2DR8LKhgn_1qU5rS1qqpnUd39JZvJ8Eye83MaLDyK1AQX0ha8z \"quoted\"",
                new IllegalStateException("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", cause));
        logger(new Masks(false, false)).info("to {}", "+15550100123");

        JsonNode line = line(0);
        assertThat(line.path("formattedMessage").asText())
                .isEqualTo("to +155***23 with od_8xW2DR8LKhgn_*** \"quoted\"");
        assertThat(line.path("throwable").path("className").asText()).endsWith("IllegalStateException");
        assertThat(line.path("throwable").path("message").asText()).isEqualTo("whsec_***");
        assertThat(line.path("throwable").path("cause").path("message").asText())
                .isEqualTo("digits=***");
        assertThat(line.path("throwable").path("stepArray")).isNotEmpty();
        assertThat(line.toString()).doesNotContain("4711", "MfKQ9", "0100123", "1qU5r");
        assertThat(line(1).path("formattedMessage").asText()).isEqualTo("to +15550100123");
    }
}

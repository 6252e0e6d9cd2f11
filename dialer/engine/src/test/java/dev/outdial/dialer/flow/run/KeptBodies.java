package dev.outdial.dialer.flow.run;

import dev.outdial.testbed.web.WebAnswer;
import dev.outdial.testbed.web.WebAnswers;
import dev.outdial.testbed.web.WebExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it is told, and says that it is fine. */
final class KeptBodies implements WebAnswer {
    private final List<String> bodies = new CopyOnWriteArrayList<>();

    List<String> all() {
        return List.copyOf(bodies);
    }

    @Override
    public void answer(WebExchange exchange) throws IOException {
        keeping(WebAnswers.status(200)).answer(exchange);
    }

    /** Keeps it, and answers so. */
    WebAnswer keeping(WebAnswer answer) {
        return exchange -> {
            int left = exchange.request()
                    .header("Content-Length")
                    .map(Integer::parseInt)
                    .orElse(0);
            var body = new ByteArrayOutputStream();
            var some = new byte[4096];
            while (left > 0) {
                int read = exchange.read(some);
                if (read < 0) break;
                body.write(some, 0, read);
                left -= read;
            }
            bodies.add(body.toString(StandardCharsets.UTF_8));
            answer.answer(exchange);
        };
    }
}

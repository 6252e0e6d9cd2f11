package dev.outdial.server.http;

import dev.outdial.server.calls.AnswerService;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** First answers, in memory. */
final class FakeAnswers implements AnswerService {
    private final Map<String, String> answers = new ConcurrentHashMap<>();

    @Override
    public void keep(String account, String key, String answer) {
        answers.putIfAbsent(account + " " + key, answer);
    }

    @Override
    public Optional<String> find(String account, String key) {
        return Optional.ofNullable(answers.get(account + " " + key));
    }
}

package dev.outdial.server.http;

import dev.outdial.server.calls.AnswerService;
import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.calls.ServiceException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** First answers, in memory. */
final class FakeAnswers implements AnswerService {
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Map<String, String> begun = new ConcurrentHashMap<>();

    @Override
    public boolean begin(String account, RequestKey key, String callId) {
        String before = begun.putIfAbsent(account + " " + key.key(), key.bodyHash());
        if (before != null && !before.equals(key.bodyHash()))
            throw new ServiceException(ServiceException.Kind.CONFLICT, "idempotency_key_reused", "another body");
        return before == null;
    }

    @Override
    public void undo(String account, String key) {
        begun.remove(account + " " + key);
    }

    @Override
    public void keep(String account, String key, String answer) {
        answers.putIfAbsent(account + " " + key, answer);
    }

    @Override
    public Optional<String> find(String account, String key) {
        return Optional.ofNullable(answers.get(account + " " + key));
    }
}

package dev.outdial.server.facade.voipbin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.outdial.server.calls.Page;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.http.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
    /** @param name tells rows of one time apart */
    private record Row(int name, Instant created) {}

    private static Page<Row> page(List<Row> rows, Optional<String> cursor, int limit) {
        int from = cursor.map(Integer::parseInt).orElse(0);
        int to = Math.min(rows.size(), from + limit);
        return new Page<>(
                rows.subList(from, to), to < rows.size() ? Optional.of(Integer.toString(to)) : Optional.empty());
    }

    /** V36, where many rows are of the same millisecond. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100})
    void everyRowIsOnOnePageOnly(int size) {
        List<Row> rows = new ArrayList<>();
        Instant now = Instant.parse("2026-01-01T00:00:00.500Z");
        for (int i = 0; i < 30; i++) rows.add(new Row(i, now.minusMillis(i / 7)));
        List<Integer> seen = new ArrayList<>();
        Optional<Instant> token = Optional.empty();
        do {
            Answer answer = Pages.answer(
                    new Pages.Wanted(size, token),
                    before -> (cursor, limit) -> page(
                            rows.stream()
                                    .filter(row ->
                                            before.isEmpty() || row.created().isBefore(before.get()))
                                    .toList(),
                            cursor,
                            limit),
                    Row::created,
                    row -> JsonNodeFactory.instance.objectNode().put("name", row.name()));
            JsonNode json =
                    JsonText.ours(new String(((Answer.Bytes) answer.content()).bytes(), StandardCharsets.UTF_8));
            assertThat(json.path("result").size()).isLessThanOrEqualTo(size);
            json.path("result").forEach(row -> seen.add(row.path("name").asInt()));
            token = Times.parse(json.path("next_page_token").asText());
        } while (token.isPresent());
        assertThat(seen).isEqualTo(rows.stream().map(Row::name).toList());
    }
}

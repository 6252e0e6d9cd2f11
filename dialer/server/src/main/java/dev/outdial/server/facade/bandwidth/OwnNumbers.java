package dev.outdial.server.facade.bandwidth;

import dev.outdial.server.calls.NumberRecord;
import dev.outdial.server.calls.NumberService;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.PageQuery;
import java.util.Optional;

/** Which numbers a user may call from: their own. Whoever has none told us is believed, and their trunk decides. <b>Threading:</b> any. */
final class OwnNumbers {
    private static final int AT_ONCE = 1000;

    private final NumberService numbers;

    OwnNumbers(NumberService numbers) {
        this.numbers = numbers;
    }

    /** Throws where the number is not the user's own. */
    void check(String account, String number) {
        boolean hasSome = false;
        Optional<String> cursor = Optional.empty();
        do {
            Page<NumberRecord> page = numbers.list(account, new PageQuery(cursor, AT_ONCE));
            hasSome |= !page.items().isEmpty();
            if (page.items().stream().anyMatch(one -> one.e164().equals(number))) return;
            cursor = page.next();
        } while (cursor.isPresent());
        if (hasSome) {
            throw Refusal.unauthorized(
                    "number-access-denied",
                    "User " + Ids.user(account) + " does not have permission to use number " + number);
        }
    }
}

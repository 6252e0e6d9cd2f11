package dev.outdial.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/** A rule that nothing breaks is no rule. */
class ReachTest {
    private static final String PHONE = Phone.class.getName();

    private final JavaClasses all =
            new ClassFileImporter().importClasses(Phone.class, Calls.class, Refers.class, Makes.class);

    @Test
    void whoCallsIsFound() {
        assertThat(found(Reach.ofMethod(PHONE, "invite"))).contains(Calls.class.getSimpleName() + ".dials");
    }

    @Test
    void whoHandsTheMethodOnIsFoundToo() {
        assertThat(found(Reach.ofMethod(PHONE, "invite"))).contains(Refers.class.getSimpleName() + ".hands");
    }

    @Test
    void whoMakesOneIsFound() {
        assertThat(found(Reach.ofConstructor(PHONE)))
                .contains(Makes.class.getSimpleName() + ".makes")
                .doesNotContain(Calls.class.getSimpleName() + ".dials");
    }

    @Test
    void whoMayIsNotFound() {
        assertThat(Reach.ofMethod(PHONE, "invite")
                        .onlyFrom(ReachTest.class.getName())
                        .evaluate(all)
                        .hasViolation())
                .isFalse();
    }

    private String found(Reach reach) {
        return reach.onlyFrom("dev.outdial.nobody")
                .evaluate(all)
                .getFailureReport()
                .toString()
                .replace('$', '.');
    }

    private static final class Phone {
        private final int line;

        Phone(int line) {
            this.line = line;
        }

        int invite() {
            return line;
        }
    }

    private static final class Calls {
        static int dials(Phone phone) {
            return phone.invite();
        }
    }

    private static final class Refers {
        static IntSupplier hands(Phone phone) {
            return phone::invite;
        }
    }

    private static final class Makes {
        static Phone makes() {
            return new Phone(1);
        }
    }
}

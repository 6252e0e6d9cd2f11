package dev.outdial.server;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** Who may get at one method or constructor: calling it and referring to it ({@code agent::invite}) are the same. */
final class Reach {
    private static final String CONSTRUCTOR = "<init>";

    private final String owner;
    private final String name;

    private Reach(String owner, String name) {
        this.owner = owner;
        this.name = name;
    }

    static Reach ofMethod(String owner, String name) {
        return new Reach(owner, name);
    }

    static Reach ofConstructor(String owner) {
        return new Reach(owner, CONSTRUCTOR);
    }

    /** Holds where nobody but these classes, and what is nested in them, gets at it. */
    ArchRule onlyFrom(String... classes) {
        Set<String> allowed = Set.of(classes);
        DescribedPredicate<JavaAccess<?>> target = describe(
                "gets at " + owner + "." + name,
                access -> access.getTargetOwner().getName().equals(owner)
                        && access.getTarget().getName().equals(name)
                        && !allowed.contains(outermost(access.getOriginOwner().getName())));
        return noClasses().should().accessTargetWhere(target);
    }

    private static String outermost(String className) {
        int nested = className.indexOf('$');
        return nested < 0 ? className : className.substring(0, nested);
    }
}

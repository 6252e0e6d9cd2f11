package dev.outdial.sip;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class PackageRulesTest {
    private static final JavaClasses SIP = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.outdial.sip");

    @Test
    void jainSipIsKnownToItsOwnPackageOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.outdial.sip.jain")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.sip..", "gov.nist..", "javax.sdp..")
                .check(SIP);
    }

    @Test
    void socketsAreOpenedByJainAndDnsOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.outdial.sip.jain", "dev.outdial.sip.dns")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.net\\.(Server|Datagram)?Socket|java\\.nio\\.channels\\..*")
                .check(SIP);
    }

    @Test
    void dnsjavaIsKnownToItsOwnPackageOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.outdial.sip.dns")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.xbill..")
                .check(SIP);
    }

    @Test
    void packagesHaveNoCyclesAndDoNotUseTheRoot() {
        slices().matching("dev.outdial.sip.(*)..").should().beFreeOfCycles().check(SIP);
        noClasses()
                .that()
                .resideInAPackage("dev.outdial.sip.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.outdial.sip")
                .check(SIP);
    }

    @Test
    void decidingPackagesReadNoClockAndDrawNoRandomNumbers() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.outdial.sip.message",
                        "dev.outdial.sip.auth",
                        "dev.outdial.sip.session",
                        "dev.outdial.sip.dialog",
                        "dev.outdial.sip.incoming",
                        "dev.outdial.sip.event",
                        "dev.outdial.sip.health",
                        "dev.outdial.sip.nat",
                        "dev.outdial.sip.options",
                        "dev.outdial.sip.registration")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.util\\.(Random|concurrent\\.ThreadLocalRandom)|java\\.security\\.SecureRandom|java\\.time\\.(Clock|Instant)|org\\.slf4j\\..*")
                .check(SIP);
    }

    // Deadlines, Retry-After, Expires and back-off are differences of System.nanoTime: setting the clock of the machine
    // changes nothing.
    @Test
    void onlyTheTapOnTheWireReadsTheWallClock() {
        noClasses()
                .that()
                .haveNameNotMatching(".*\\.(WireWatch|WireMessage|TracedMessage)(\\$.*)?")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.time\\.(Clock|Instant|Local.*|Zoned.*|Offset.*)|java\\.util\\.(Date|Calendar|Timer)")
                .check(SIP);
    }
}

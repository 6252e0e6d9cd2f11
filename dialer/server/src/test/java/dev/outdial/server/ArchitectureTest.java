package dev.outdial.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the whole house against its plan: who may use whom, who may open sockets, who may look at a clock. */
class ArchitectureTest {
    private static final String USER_AGENT = "dev.outdial.sip.UserAgent";
    private static final String RUNNER = "dev.outdial.dialer.call.CallRunner";
    private static final String OUTGOING_LEG = "dev.outdial.dialer.call.OutgoingLeg";

    private static final String[] DECIDING = {
        "dev.outdial.sip.auth..",
        "dev.outdial.sip.session..",
        "dev.outdial.sip.dialog..",
        "dev.outdial.sip.incoming..",
        "dev.outdial.sip.event..",
        "dev.outdial.sip.nat..",
        "dev.outdial.sip.health..",
        "dev.outdial.sip.trace..",
        "dev.outdial.sip.registration..",
        "dev.outdial.sip.message..",
        "dev.outdial.media.sdp..",
        "dev.outdial.media.rtp..",
        "dev.outdial.media.rtcp..",
        "dev.outdial.media.dtmf..",
        "dev.outdial.media.codec..",
        "dev.outdial.media.resample..",
        "dev.outdial.media.jitter..",
        "dev.outdial.media.tone..",
        "dev.outdial.media.vad..",
        "dev.outdial.media.amd..",
        "dev.outdial.media.mix..",
        "dev.outdial.media.quality..",
        "dev.outdial.media.level..",
        "dev.outdial.media.check..",
        "dev.outdial.media.srtp..",
        "dev.outdial.dialer.digits..",
        "dev.outdial.dialer.outcome..",
        "dev.outdial.dialer.flow",
        "dev.outdial.dialer.flow.machine..",
        "dev.outdial.dialer.flow.json..",
        "dev.outdial.dialer.flow.lint..",
        "dev.outdial.dialer.flow.simulate..",
        "dev.outdial.dialer.flow.draw..",
        "dev.outdial.server.http.json..",
        "dev.outdial.server.http.limit.."
    };

    private static JavaClasses outdial = new ClassFileImporter().importPackages();

    @BeforeAll
    static void readAllModules() {
        outdial = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.outdial");
        // An empty import would pass every rule.
        assertThat(List.of(USER_AGENT, RUNNER, OUTGOING_LEG)).allMatch(outdial::contain);
        assertThat(outdial.size()).isGreaterThan(150);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.outdial.(**)").should().beFreeOfCycles().check(outdial);
    }

    @Test
    void theSipStackIsSeenInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.outdial.sip.jain..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.sip..", "gov.nist..")
                .check(outdial);
    }

    @Test
    void socketsAreOpenedWhereTheNetworkIs() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.outdial.sip.jain..",
                        "dev.outdial.sip.dns..",
                        "dev.outdial.media.net..",
                        "dev.outdial.media.fetch..",
                        "dev.outdial.server.http..",
                        "dev.outdial.testbed..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.net\\.(Socket|ServerSocket|DatagramSocket|MulticastSocket)"
                        + "|java\\.nio\\.channels\\.(SocketChannel|ServerSocketChannel|DatagramChannel|Selector)")
                .check(outdial);
    }

    @Test
    void oneClientFetchesWhatUsersName() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.outdial.media.fetch..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("okhttp3..")
                .check(outdial);
    }

    @Test
    void decidingPackagesHaveNoClockThreadOrDice() {
        noClasses()
                .that()
                .resideInAnyPackage(DECIDING)
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class, Random.class, ThreadLocalRandom.class, Clock.class)
                .check(outdial);
    }

    @Test
    void modulesKnowOnlyWhatIsBelowThem() {
        noClasses()
                .that()
                .resideInAPackage("dev.outdial.sip..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.outdial.media..", "dev.outdial.dialer..", "dev.outdial.testbed..")
                .check(outdial);
        noClasses()
                .that()
                .resideInAPackage("dev.outdial.media..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.outdial.sip..", "dev.outdial.dialer..", "dev.outdial.testbed..")
                .check(outdial);
        noClasses()
                .that()
                .resideInAPackage("dev.outdial.testbed..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.outdial.sip..", "dev.outdial.media..", "dev.outdial.dialer..")
                .check(outdial);
    }

    @Test
    void theServerUsesTheEnginesPublicApiOnly() {
        noClasses()
                .that()
                .resideInAPackage("dev.outdial.server..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.outdial.sip..", "dev.outdial.dialer.call..")
                .check(outdial);
        // But for the one client that asks addresses which users name.
        noClasses()
                .that()
                .resideInAPackage("dev.outdial.server..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.outdial.media..").and(not(resideInAPackage("dev.outdial.media.fetch"))))
                .check(outdial);
        noClasses()
                .that()
                .resideInAPackage("dev.outdial.server..")
                .and()
                .resideOutsideOfPackage("dev.outdial.server.webhook")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.outdial.media..")
                .check(outdial);
    }

    @Test
    void theHttpApiAsksServicesAndNothingBelowThem() {
        noClasses()
                .that()
                .resideInAPackage("dev.outdial.server.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.outdial.server.store..",
                        "dev.outdial.server.dial..",
                        "dev.outdial.server.webhook..",
                        "dev.outdial.dialer..",
                        "java.sql..",
                        "javax.sql..")
                .check(outdial);
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.outdial.server.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..")
                .check(outdial);
    }

    @Test
    void nobodyDialsButThroughTheLedger() {
        // From the wire up to who asks the ledger there is one way, and each step of it has one user.
        Reach.ofMethod("dev.outdial.sip.session.InviteMachine", "start")
                .onlyFrom("dev.outdial.sip.InviteRunner")
                .check(outdial);
        Reach.ofConstructor("dev.outdial.sip.InviteRunner")
                .onlyFrom("dev.outdial.sip.Invitations")
                .check(outdial);
        Reach.ofMethod("dev.outdial.sip.Invitations", "begin")
                .onlyFrom(USER_AGENT)
                .check(outdial);
        Reach.ofMethod(USER_AGENT, "invite").onlyFrom(RUNNER).check(outdial);
        Reach.ofMethod(RUNNER, "toBeDialled").onlyFrom(OUTGOING_LEG).check(outdial);
        // A session is handed out by who sends an INVITE and by who received one.
        Reach.ofConstructor("dev.outdial.sip.InviteSession")
                .onlyFrom("dev.outdial.sip.Invitations", "dev.outdial.sip.IncomingRunner")
                .check(outdial);
    }

    @Test
    void theEngineGrantsItselfNoPermit() {
        Reach.ofConstructor("dev.outdial.dialer.ledger.Permit")
                .onlyFrom("dev.outdial.dialer.ledger.InMemoryLedger", "dev.outdial.server.store.StoreLedger")
                .check(outdial);
        noClasses()
                .that()
                .resideInAnyPackage("dev.outdial.dialer..", "dev.outdial.server..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.outdial.sip.jain..")
                .check(outdial);
    }
}

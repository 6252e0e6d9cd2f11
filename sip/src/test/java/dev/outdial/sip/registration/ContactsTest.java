package dev.outdial.sip.registration;

import static dev.outdial.sip.registration.RegistrationStory.USER;
import static dev.outdial.sip.registration.RegistrationStory.contact;
import static dev.outdial.sip.registration.RegistrationStory.hop;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.registration.RegistrationEvent.Registered;
import dev.outdial.sip.registration.RegistrationInput.ContactChanged;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContactsTest {
    private final RegistrationStory story = new RegistrationStory(1);

    private void seenAt(String host, int port) {
        story.input(new ContactChanged(hop(1), contact(USER, host, port)));
    }

    @Test
    void theContactHasAWordOfItsOwnThatBeginsWithTheUser() {
        assertThat(story.contacts()).containsExactly("<sip:1000-aaaaaaaa.1@192.0.2.9:40000>;expires=600");
        var given = new RegistrationStory(1, ContactUser.given("1000"));
        assertThat(given.contacts()).containsExactly("<sip:1000@192.0.2.9:40000>;expires=600");
    }

    @Test
    void serviceRoutesAreToldInTheirOrderAndNonsenseIsNot() {
        story.respond(
                200,
                "Service-Route",
                "<sip:p2.home.example.net;lr>",
                "Service-Route",
                "nonsense",
                "Service-Route",
                "<sip:hsp.home.example.net;lr>;x=1",
                "Expires",
                "60");
        assertThat(story.told)
                .containsExactly(new Registered(
                        Duration.ofSeconds(60),
                        List.of("<sip:p2.home.example.net;lr>", "<sip:hsp.home.example.net;lr>;x=1")));
    }

    @Test
    void ownContactsOfAnEarlierTimeAreRemovedAndForeignOnesAreNot() {
        story.accept(
                "<sip:1000-aaaaaaaa.1@192.0.2.7:40000>;expires=50",
                "<sip:1000-bbbbbbbb.3@192.0.2.9:40000;x=y>;expires=50",
                // Another telephone, another process of ours, another registration of this process, another account.
                "<sip:1000@192.0.2.9:40000>;expires=50",
                "<sip:1000-bbbbbbbb.3@192.0.2.9:40001>;expires=50",
                "<sip:1000-aaaaaaaa.2@192.0.2.9:40000>;expires=50",
                "<sip:1001-bbbbbbbb.1@192.0.2.9:40000>;expires=50",
                "<tel:+4930>;expires=50");
        assertThat(story.told).hasSize(1);
        assertThat(story.contacts())
                .containsExactly(
                        "<sip:1000-aaaaaaaa.1@192.0.2.7:40000>;expires=0",
                        "<sip:1000-bbbbbbbb.3@192.0.2.9:40000;x=y>;expires=0");
        assertThat(story.sent.getLast().request().headers().first("Expires")).contains("0");

        story.challenge("n1");
        assertThat(story.contacts()).hasSize(2);
        story.respond(200);
        assertThat(story.told).hasSize(1);
        story.passSeconds(520);
        assertThat(story.sent).hasSize(4);
        assertThat(story.contacts()).containsExactly("<sip:1000-aaaaaaaa.1@192.0.2.9:40000>;expires=600");
    }

    @Test
    void aRegistrarThatDoesNotRemoveThemIsNotAskedAgainAndTheBindingHolds() {
        String stale = "<sip:1000-aaaaaaaa.1@192.0.2.7:40000>;expires=50";
        story.accept(stale);
        story.respond(400);
        assertThat(story.state.status()).isInstanceOf(RegistrationStatus.Registered.class);
        story.passSeconds(5000, r -> story.accept(stale));
        assertThat(story.told).allMatch(Registered.class::isInstance);
        assertThat(story.sent.stream()
                        .filter(r ->
                                r.request().headers().all("Contact").getFirst().contains("192.0.2.7")))
                .hasSize(1);
    }

    @Test
    void atMostFiveAreRemovedAtOnce() {
        var stale = new ArrayList<String>();
        for (int i = 0; i < 50; i++) stale.add("<sip:" + USER + "@192.0.2.7:" + (1000 + i) + ">");
        story.accept(stale.toArray(String[]::new));
        assertThat(story.contacts()).hasSize(5);
    }

    @Test
    void aRegistrarThatListsUsUnderAnotherAddressLosesNothing() {
        story.respond(200, "Contact", "<sip:" + USER + "@203.0.113.5:61000>;expires=120");
        assertThat(story.sent).hasSize(1);
        assertThat(story.told).containsExactly(new Registered(Duration.ofSeconds(120)));
    }

    @Test
    void theContactThatTheChallengeShowedGoesOutWithTheAnswer() {
        seenAt("203.0.113.5", 61_000);
        story.challenge("n1");
        assertThat(story.contacts()).containsExactly("<sip:1000-aaaaaaaa.1@203.0.113.5:61000>;expires=600");
        story.accept();
        assertThat(story.sent).hasSize(2);
    }

    @Test
    void aNewAddressIsBoundAndTheOldOneRemovedWithOneRegister() {
        seenAt("203.0.113.5", 61_000);
        story.accept();
        assertThat(story.told).hasSize(1);
        assertThat(story.contacts())
                .containsExactly(
                        "<sip:1000-aaaaaaaa.1@203.0.113.5:61000>;expires=600",
                        "<sip:1000-aaaaaaaa.1@192.0.2.9:40000>;expires=0");
        story.accept();
        assertThat(story.sent).hasSize(2);
        story.passSeconds(520);
        assertThat(story.contacts()).containsExactly("<sip:1000-aaaaaaaa.1@203.0.113.5:61000>;expires=600");
        story.accept();

        seenAt("203.0.113.5", 62_000);
        assertThat(story.contacts())
                .containsExactly(
                        "<sip:1000-aaaaaaaa.1@203.0.113.5:62000>;expires=600",
                        "<sip:1000-aaaaaaaa.1@203.0.113.5:61000>;expires=0");
        seenAt("203.0.113.5", 62_000);
        assertThat(story.sent).hasSize(4);
    }

    @Test
    void withAGivenUserOnlyWhatThisRegistrationBoundIsOurs() {
        var given = new RegistrationStory(1, ContactUser.given("1000"));
        given.accept("<sip:1000@192.0.2.7:40000>");
        assertThat(given.sent).hasSize(1);
        given.input(new ContactChanged(hop(1), contact("1000", "203.0.113.5", 61_000)));
        // The registrar forgot to remove it, and refused to be asked once more in the same way.
        given.accept("<sip:1000@192.0.2.9:40000>", "<sip:1000@192.0.2.7:40000>");
        assertThat(given.sent).hasSize(2);
    }

    @Test
    void leavingRemovesTheContactThatIsBound() {
        story.accept();
        seenAt("203.0.113.5", 61_000);
        story.input(new RegistrationInput.UnregisterWanted());
        story.accept();
        assertThat(story.contacts()).containsExactly("<sip:1000-aaaaaaaa.1@203.0.113.5:61000>;expires=0");
    }
}

package dev.outdial.dialer.call.probe;

import dev.outdial.dialer.call.TrunkLine.Standing;
import dev.outdial.dialer.probe.ProbeStep;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.NameAddress;
import dev.outdial.sip.message.Parameters;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.Text;
import java.util.List;
import java.util.Optional;

/** Judges how a registration went (RFC 3261 section 10). Pure. */
final class RegisterVerdict {
    static final String NAME = "register";

    private static final long SHORT_SECONDS = 60;

    private RegisterVerdict() {}

    /**
     * What was seen of a registration.
     *
     * @param answers of the registrar, oldest first
     * @param standing what came of it; empty where that was not known in time
     * @param contactUser the user part of our Contact
     */
    record Seen(List<SipResponse> answers, Optional<Standing> standing, Optional<String> contactUser) {
        Seen {
            answers = List.copyOf(answers);
        }

        private Optional<SipResponse> last() {
            return answers.isEmpty() ? Optional.empty() : Optional.of(answers.getLast());
        }
    }

    /** What it means. */
    static ProbeStep of(Trunk trunk, Seen seen) {
        if (!trunk.register()) {
            return ProbeStep.skipped(NAME, "this trunk is not registered with");
        }
        if (seen.standing().isEmpty()) {
            return silent(seen);
        }
        return switch (seen.standing().get()) {
            case Standing.Usable usable -> bound(seen);
            case Standing.Unusable unusable ->
                unusable.status().isPresent()
                        ? refused(trunk, seen, unusable.status().getAsInt())
                        : ProbeStep.failed(NAME, unusable.why(), "see the steps 'dns' and 'transport'");
        };
    }

    private static ProbeStep silent(Seen seen) {
        return seen.last()
                .map(last -> ProbeStep.failed(
                        NAME,
                        "the registrar said " + status(last) + ", and nothing after that",
                        "the answer to a challenge is longer than the first REGISTER: where UDP loses long datagrams, try"
                                + " ;transport=tcp"))
                .orElseGet(
                        () -> ProbeStep.failed(
                                NAME,
                                "the registrar says nothing to REGISTER",
                                "see the step 'transport'; where that is well, the trunk may not want registrations: try --no-register"));
    }

    private static ProbeStep bound(Seen seen) {
        Optional<SipResponse> last = seen.last().filter(SipResponse::isSuccess);
        if (last.isEmpty()) {
            return ProbeStep.ok(NAME, "registered");
        }
        List<String> contacts = last.get().headers().all("Contact");
        Optional<NameAddress> ours = contacts.stream()
                .map(NameAddress::parse)
                .flatMap(Optional::stream)
                .filter(contact -> isOurs(contact, seen.contactUser()))
                .findFirst();
        Optional<Long> seconds = ours.map(contact -> contact.parameters().getOrDefault("expires", ""))
                .flatMap(Headers::leadingNumber)
                .or(() -> last.get().headers().seconds("Expires"));
        boolean longer = seen.answers().stream().anyMatch(answer -> answer.status() == 423);
        String text = status(last.get())
                + seconds.map(granted -> ", for " + granted + " s").orElse("")
                + (longer ? ", after it had asked for a longer time (423)" : "")
                + ours.map(contact -> ", contact " + Text.shown(contact.uri())).orElse("")
                + others(contacts.size() - (ours.isPresent() ? 1 : 0));
        ProbeStep well = ProbeStep.ok(NAME, text);
        if (ours.isEmpty()) {
            return well.advising(
                    "the registrar does not list our contact: calls to us may not arrive; calls from us are not concerned");
        }
        return seconds.filter(granted -> granted < SHORT_SECONDS).isPresent()
                ? well.advising("so short a time is meant to keep a NAT open; it costs a REGISTER every few seconds")
                : well;
    }

    private static boolean isOurs(NameAddress contact, Optional<String> user) {
        try {
            return user.isPresent() && SipUri.parse(contact.uri()).user().equals(user);
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }

    private static String others(int count) {
        return count == 0 ? "" : ", beside " + count + " other" + (count == 1 ? "" : "s");
    }

    private static ProbeStep refused(Trunk trunk, Seen seen, int status) {
        String seenText = seen.last().map(RegisterVerdict::status).orElse(Integer.toString(status));
        return switch (status) {
            case 401, 407 -> unproven(trunk, seen, seenText);
            case 403 ->
                ProbeStep.failed(
                        NAME,
                        seenText,
                        "the registrar knows what we want and forbids it: the user or the host in the trunk's URI is wrong, the"
                                + " account is locked, or this address is not allowed; ask the provider which");
            case 404 ->
                ProbeStep.failed(
                        NAME, seenText, "the registrar knows no such user: check user and host of the trunk's URI");
            case 423 ->
                ProbeStep.failed(
                        NAME,
                        seenText,
                        "the registrar wants a longer registration"
                                + seen.last()
                                        .flatMap(last -> last.headers().seconds("Min-Expires"))
                                        .map(seconds -> " (" + seconds + " s)")
                                        .orElse("")
                                + " and refused that too: tell the provider");
            case 405, 501 ->
                ProbeStep.failed(
                        NAME,
                        seenText,
                        "this trunk takes no registrations: use --no-register (Trunk.withoutRegistration)");
            case 408, 480, 500, 502, 503, 504 ->
                ProbeStep.failed(NAME, seenText, "the registrar is in trouble: try later, or ask the provider");
            default ->
                ProbeStep.failed(
                        NAME, seenText, "the registrar refused for a reason of its own: give the provider this line");
        };
    }

    private static ProbeStep unproven(Trunk trunk, Seen seen, String seenText) {
        Optional<String> realm = seen.last().flatMap(RegisterVerdict::realm);
        String where = realm.map(name -> "realm '" + Text.shown(name) + "'").orElse("a realm that it does not name");
        if (trunk.password().isEmpty()) {
            return ProbeStep.failed(
                    NAME,
                    seenText + ": it asks for a password for " + where + ", and none was given",
                    "give one in OUTDIAL_PASSWORD (from Java: Trunk.withPassword)");
        }
        Optional<String> only = trunk.realm();
        if (only.isPresent() && realm.isPresent() && !realm.equals(only)) {
            return ProbeStep.failed(
                    NAME,
                    seenText + ": it asks for a password for " + where + ", and the trunk's is for realm '"
                            + Text.shown(only.get()) + "' alone",
                    "name the realm that it asks for, or none (Trunk.withRealm)");
        }
        long challenges = seen.answers().stream()
                .filter(answer -> answer.status() == 401 || answer.status() == 407)
                .count();
        if (challenges < 2) {
            return ProbeStep.failed(
                    NAME,
                    seenText + ": it asks for a proof that we cannot give: " + scheme(seen),
                    "only Digest with MD5, SHA-256 or SHA-512-256 is known: ask the provider for that");
        }
        SipUri uri = SipUri.parse(trunk.uri());
        String user = trunk.user().or(uri::user).orElse("");
        String otherRealm = realm.filter(name -> !name.equalsIgnoreCase(uri.host()))
                .map(name -> "; the realm is not the host of the trunk's URI ('" + uri.host()
                        + "'): perhaps the URI should name it")
                .orElse("");
        return ProbeStep.failed(
                NAME,
                seenText + " after our answer to the challenge, for user '" + user + "' in " + where,
                "the password, the user or the realm is wrong: check --user, which often is not the telephone number, and the"
                        + " password" + otherRealm);
    }

    private static Optional<String> challenge(SipResponse response) {
        return response.headers()
                .first("WWW-Authenticate")
                .or(() -> response.headers().first("Proxy-Authenticate"));
    }

    private static Optional<String> realm(SipResponse response) {
        return challenge(response)
                .map(value -> value.substring(value.indexOf(' ') + 1))
                .map(value -> Parameters.parse(value, ',').get("realm"));
    }

    /** The scheme and the hash, and nothing else of the challenge. */
    private static String scheme(Seen seen) {
        return seen.last()
                .flatMap(RegisterVerdict::challenge)
                .map(value -> {
                    String stripped = value.strip();
                    int end = stripped.indexOf(' ');
                    String hash =
                            Parameters.parse(stripped.substring(end + 1), ',').getOrDefault("algorithm", "");
                    return Text.shown((end < 0 ? stripped : stripped.substring(0, end))
                            + (hash.isEmpty() ? "" : " with " + hash));
                })
                .orElse("it does not say which");
    }

    private static String status(SipResponse response) {
        return response.status() + " " + response.reason();
    }
}

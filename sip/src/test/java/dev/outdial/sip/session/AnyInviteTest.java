package dev.outdial.sip.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.dialog.DialogEvent;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.event.SessionEvent.Answered;
import dev.outdial.sip.event.SessionEvent.Ended;
import dev.outdial.sip.event.SessionEvent.Invited;
import dev.outdial.sip.message.Credentials;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.OutboundRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever a network and a far end do, in whatever order. */
class AnyInviteTest {
    private static final int WAYS = 3;
    /** Two with credentials by each way beside the plain one, and one for each objection that is met once a call. */
    private static final int MOST_INVITES = WAYS * 3 + 3;

    @Test
    void whateverIsLateLostOrDoubledThereIsOneEndAndNobodyIsLeftHanging() {
        int answers = 0;
        int overInvites = 0;
        for (long seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            var story = new Story(
                    Optional.of(Credentials.of("1000", "secret")),
                    WAYS,
                    random.nextBoolean() ? InviteOptions.USUAL : InviteOptions.USUAL.requiringReliable());
            List<String> picked = new ArrayList<>();
            for (int i = 0; i < 80 && !story.forgotten; i++) disturb(story, random, picked);
            if (story.ends().isEmpty()) story.hangUp();
            for (int i = 0; i < 10 && !story.forgotten; i++) story.passSeconds(40);
            check(story, seed, picked);
            answers +=
                    (int) story.told.stream().filter(Answered.class::isInstance).count();
            if (count(story, "INVITE") > 4) overInvites++;
        }
        // The far end is odd, but not so odd that nothing is tried.
        assertThat(answers).isGreaterThan(100);
        assertThat(overInvites).isGreaterThan(20);
    }

    private static void check(Story story, long seed, List<String> picked) {
        List<SessionEvent> told = story.told;
        assertThat(story.forgotten).as("seed %d", seed).isTrue();
        assertThat(story.ends()).as("seed %d", seed).hasSize(1);
        assertThat(told.getLast()).as("seed %d", seed).isInstanceOf(Ended.class);
        assertThat(told)
                .as("seed %d", seed)
                .filteredOn(Answered.class::isInstance)
                .hasSizeLessThan(2);
        assertThat(told)
                .as("seed %d", seed)
                .filteredOn(Invited.class::isInstance)
                .hasSizeLessThan(2);
        assertThat(count(story, "INVITE")).as("seed %d", seed).isLessThanOrEqualTo(MOST_INVITES);
        // One ACK for each 2xx, and then a BYE from either side.
        assertThat(legs(story, "ACK")).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(picked);
        Set<String> ended = new HashSet<>(story.farEndByes);
        for (OutboundRequest request : story.sent)
            if (request.request().method().equals("BYE"))
                ended.add(request.request().toTag());
        for (String leg : picked) assertThat(ended).as("seed %d", seed).contains(leg.split(" ", -1)[0]);
        // Only a CANCEL and what is repeated share a branch.
        var byBranch = new HashMap<String, OutboundRequest>();
        for (OutboundRequest request : story.sent) {
            if (request.request().method().equals("CANCEL")) continue;
            OutboundRequest same = byBranch.putIfAbsent(request.branch(), request);
            assertThat(same == null || same.equals(request)).as("seed %d", seed).isTrue();
        }
    }

    private static List<String> legs(Story story, String method) {
        return story.sent.stream()
                .filter(r -> r.request().method().equals(method))
                .map(r -> r.request().toTag() + " " + cseq(r))
                // Others acknowledge what was offered within the dialog.
                .filter(leg -> leg.matches("[ab](\\d+) \\1"))
                .toList();
    }

    private static String cseq(OutboundRequest request) {
        return request.request().headers().first("CSeq").orElse("").split(" ", -1)[0];
    }

    private static long count(Story story, String method) {
        return story.sent.stream()
                .filter(r -> r.request().method().equals(method)
                        && r.request().toTag().isEmpty())
                .count();
    }

    private static void disturb(Story story, Random random, List<String> picked) {
        // Mostly the latest matters; sometimes something old comes back.
        List<OutboundRequest> sent = story.sent;
        OutboundRequest any = random.nextInt(3) > 0 ? sent.getLast() : sent.get(random.nextInt(sent.size()));
        boolean invite =
                any.request().method().equals("INVITE") && any.request().toTag().isEmpty();
        // Each INVITE has far ends of its own.
        String tag = (random.nextBoolean() ? "a" : "b") + cseq(any);
        Optional<MessageBody> sdp = random.nextBoolean() ? Optional.of(Story.ANSWER) : Optional.empty();
        switch (random.nextInt(22)) {
            case 0, 1 -> story.wireTook(any);
            case 2 -> story.respond(any, 100, "");
            case 3 -> story.provisional(any, 180 + random.nextInt(4), tag, sdp);
            case 4, 5 ->
                story.provisional(any, 183, tag, sdp, "Require", "100rel", "RSeq", "" + (1 + random.nextInt(4)));
            case 6 -> {
                story.respond(any, 200, tag);
                if (invite) picked.add(tag + " " + cseq(any));
            }
            case 7 -> story.challenge(any, random.nextBoolean() ? 401 : 407, "n" + random.nextInt(3));
            case 8 -> story.challengeStale(any, "s" + random.nextInt(9));
            case 9 -> story.respond(any, 503, tag);
            case 10 -> story.respond(any, 422, tag, "Min-SE", "" + (2_000 + random.nextInt(9)));
            case 11 -> story.respond(any, 420, tag, "Unsupported", random.nextBoolean() ? "100rel" : "timer");
            case 12 -> story.respond(any, 491, tag);
            case 13 -> {
                if (random.nextInt(4) == 0) story.respond(any, random.nextBoolean() ? 302 : 486, tag);
            }
            case 14 -> story.request(random.nextBoolean() ? "INVITE" : "ACK", tag, sdp);
            case 15 -> story.request("UPDATE", tag, sdp);
            case 16 -> {
                if (random.nextInt(3) == 0) story.request("BYE", tag);
            }
            case 17 -> story.passSeconds(random.nextInt(12));
            case 18 -> {
                if (random.nextInt(4) == 0) story.hangUp();
            }
            case 19 -> story.event(new InviteEvent.TimedOut(any.transaction()));
            case 20 ->
                story.event(
                        random.nextBoolean()
                                ? new InviteEvent.Failed(any.transaction(), "x")
                                : new InviteEvent.Withdrawn(any.transaction()));
            default ->
                story.event(new InviteEvent.Within(
                        switch (random.nextInt(5)) {
                            case 0 -> new DialogEvent.Accept(Story.ANSWER);
                            case 1 -> new DialogEvent.Refuse(488);
                            case 2 -> new DialogEvent.OfferAgain(Story.ANSWER);
                            case 3 ->
                                new DialogEvent.SendInfo(MessageBody.ofText("application/dtmf-relay", "Signal=1"));
                            default -> new DialogEvent.Refer("sip:x@example.com", Optional.empty());
                        }));
        }
    }
}

package dev.outdial.media.sdp;

import dev.outdial.media.sdp.Description.Audio;
import dev.outdial.media.sdp.Description.TaggedKey;
import dev.outdial.media.sdp.Format.Numbered;
import dev.outdial.media.sdp.Negotiation.Declined;
import dev.outdial.media.srtp.SrtpKey;
import dev.outdial.media.srtp.SrtpPolicy;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Our side of a session's offers and answers (RFC 3264), from the first to the last. A value: every step gives back the next one,
 * and an offer that came to nothing is undone by {@link #declined}. Who may offer when, and the messages around it, are SIP's.
 *
 * <p>The steps never fail on what the far end wrote: it is declined or refused in a sentence, and none shows a key.
 */
public final class OfferAnswer {
    /** The payload type that keys are offered on. */
    public static final int TELEPHONE_EVENT = 101;

    private final InetSocketAddress rtp;
    private final Capabilities can;
    private final List<SrtpKey> keys;
    /** What was last offered or answered. */
    private final Versioned current;
    /** What holds while the current one is an offer without an answer. */
    private final Versioned agreed;
    /** The description that the far end was sent last, be it agreed or not. */
    private final Versioned lastSent;

    /** What the numbers of our descriptions have stood for, the latest first. */
    private final List<Numbered> used;

    /** The keys to go on with: all that were offered, and after an answer the one that was agreed on, if any. */
    private final List<TaggedKey> crypto;

    private final EventRanges farEvents;

    private record Versioned(Description description, long version) {
        Versioned followedBy(Description next) {
            return next.equals(description) ? this : new Versioned(next, version + 1);
        }
    }

    /**
     * What came of an offer of ours.
     *
     * @param next our side from now on; the same where the answer is declined
     * @param negotiation what the answer means
     */
    public record Judged(OfferAnswer next, Negotiation negotiation) {}

    private OfferAnswer(
            OfferAnswer from,
            Versioned current,
            Versioned agreed,
            Versioned lastSent,
            List<TaggedKey> crypto,
            EventRanges farEvents) {
        this.rtp = from.rtp;
        this.can = from.can;
        this.keys = from.keys;
        this.current = current;
        this.agreed = agreed;
        this.lastSent = lastSent;
        this.used = withUsed(from.used, current.description.audio().formats());
        this.crypto = crypto;
        this.farEvents = farEvents;
    }

    private OfferAnswer(InetSocketAddress rtp, Capabilities can, long sessionId, List<SrtpKey> keys) {
        this.rtp = rtp;
        this.can = can;
        this.keys = List.copyOf(keys);
        Audio first = new FullOffer(can, this.keys, List.of()).first();
        this.current = new Versioned(new Description(rtp, sessionId, List.of(), first, List.of()), 1);
        this.agreed = current;
        this.lastSent = current;
        this.used = first.formats();
        this.crypto = first.crypto();
        this.farEvents = EventRanges.DTMF;
    }

    /**
     * A session that nothing was said in yet; its {@link #sdp} is the first offer.
     *
     * @param rtp where we receive, as the far end is to be told; RTCP on the port after it. Sent to is only an address of the
     *     same family
     * @param sessionId for the o= line, not negative (RFC 8866 section 5.2)
     * @param keys what we may encrypt with, one a suite, first choice first; none where encryption is off
     */
    public static OfferAnswer of(InetSocketAddress rtp, Capabilities can, long sessionId, List<SrtpKey> keys) {
        if (rtp.isUnresolved() || rtp.getPort() == 0) throw new IllegalArgumentException("RTP address " + rtp);
        if (sessionId < 0) throw new IllegalArgumentException("session id " + sessionId);
        var suites = new HashSet<>(keys.stream().map(SrtpKey::suite).toList());
        if (suites.size() < keys.size() || keys.isEmpty() != (can.srtp() == SrtpPolicy.OFF))
            throw new IllegalArgumentException("encryption " + can.srtp() + " with " + keys + ", one a suite");
        return new OfferAnswer(rtp, can, sessionId, keys);
    }

    private static List<Numbered> withUsed(List<Numbered> used, List<Numbered> now) {
        // At most 128 numbers: a later meaning of one, which only the far end can have given it, replaces the earlier.
        List<Numbered> all = new ArrayList<>(now);
        for (Numbered one : used) if (now.stream().noneMatch(other -> other.number() == one.number())) all.add(one);
        return List.copyOf(all);
    }

    /** Our current description: what was last offered or answered. */
    public byte[] sdp() {
        return SdpWriter.write(current.description, current.version);
    }

    /** The direction that our current description names. */
    public Direction direction() {
        return current.description.audio().direction();
    }

    /** What may arrive by our current description before the far end's is known: sound often outruns the answer. */
    public PayloadTypes receivable() {
        PayloadTypes types = PayloadTypes.NONE;
        for (Numbered one : current.description.audio().formats()) types = one.addedTo(types);
        return types;
    }

    /** Whether the far end said that it takes a telephone-event; 0 to 15 are the keys 0-9, *, #, A-D (RFC 4733 section 3.2). */
    public boolean takesEvent(int event) {
        return farEvents.contains(event);
    }

    /**
     * A new offer within the session: hold ({@link Direction#SENDONLY}, {@link Direction#INACTIVE}), resume, or with the
     * direction as it is the refresh of a session timer. It is our last description but for the direction, payload types and
     * streams included (RFC 3264 section 8), and but for keys that came to nothing: some take a choice of keys for new ones. The o= version steps only where it differs from what the far end has seen.
     */
    public OfferAnswer offering(Direction direction) {
        return offering(current.description.audio().with(crypto), direction);
    }

    /**
     * A new offer within the session of everything that we can, what is in use before the rest: the answer to an INVITE without an
     * offer, which may be somebody else's wish to meet us (RFC 3261 section 14.2).
     */
    public OfferAnswer offeringAll(Direction direction) {
        return offering(
                new FullOffer(can, keys, used)
                        .beyond(current.description.audio().with(crypto)),
                direction);
    }

    private OfferAnswer offering(Audio audio, Direction direction) {
        Versioned offer = lastSent.followedBy(current.description.with(audio.with(direction)));
        return new OfferAnswer(this, offer, agreed, offer, crypto, farEvents);
    }

    /** Our offer was refused (488, 491 and the like) or its answer declined: what held before it holds on. */
    public OfferAnswer declined() {
        return new OfferAnswer(this, agreed, agreed, lastSent, crypto, farEvents);
    }

    /** What an answer to our offer means. */
    public Judged answered(byte[] answer) {
        try {
            AnswerReader.Meaning meaning = meaning(answer);
            List<TaggedKey> inUse = current.description.audio().crypto().stream()
                    .filter(one -> meaning.terms()
                            .srtp()
                            .filter(terms -> terms.send().equals(one.key()))
                            .isPresent())
                    .toList();
            var next = new OfferAnswer(this, current, current, lastSent, inUse, meaning.events());
            return new Judged(next, meaning.terms());
        } catch (NoAgreement e) {
            return new Judged(this, new Declined(e.why()));
        }
    }

    /** A look at an answer to our offer that may not be the last one: of a provisional response. */
    public Negotiation early(byte[] answer) {
        return answered(answer).negotiation();
    }

    private AnswerReader.Meaning meaning(byte[] answer) throws NoAgreement {
        return new AnswerReader(current.description, can).read(parse("the answer", answer));
    }

    /**
     * Answers an offer of the far end's: the first one of a call or of an INVITE that we sent without one, or a later one.
     *
     * @param wish what we would do; less where the offer does not allow it
     */
    public Answering answer(byte[] offer, Direction wish) {
        try {
            OfferReader.Answer answer = new OfferReader(rtp, can, keys, wish)
                    .read(parse("the offer", offer), current.description.sessionId());
            Versioned said = lastSent.followedBy(answer.description());
            return new Answering.Answered(
                    new OfferAnswer(
                            this, said, said, said, said.description.audio().crypto(), answer.events()),
                    answer.terms());
        } catch (NoAgreement e) {
            return new Answering.Refused(e.why());
        }
    }

    private static SessionDescription parse(String whose, byte[] description) throws NoAgreement {
        try {
            return SessionDescription.parse(description);
        } catch (SdpException e) {
            throw new NoAgreement(whose + "'s session description cannot be used: " + e.getMessage());
        }
    }
}

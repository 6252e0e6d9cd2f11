package dev.outdial.dialer.flow.run;

import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.probe.SpokenTones;
import dev.outdial.testbed.probe.ToneProbe;
import dev.outdial.testbed.trunk.MediaReport;
import dev.outdial.testbed.trunk.TrunkCall;
import dev.outdial.testbed.trunk.TrunkMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a callee saw and heard of a call that is over.
 *
 * @param texts the words that may have been spoken, by how they are heard
 */
record CalleeNotes(TrunkCall call, Map<String, String> texts) {
    private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** Words that were heard, and when, from the first sound on. */
    record Phrase(String text, long startMillis) {}

    /** Notes in which the words of that JSON are known. */
    static CalleeNotes of(TrunkCall call, String json) {
        var texts = new HashMap<String, String>();
        STRING.matcher(json).results().map(found -> found.group(1)).forEach(text -> texts.put(code(text), text));
        return new CalleeNotes(call, texts);
    }

    private static String code(String text) {
        return SpokenTones.code(text.strip().replaceAll("\\s+", " "));
    }

    /** The same, in which those words are known too: what is said when a variable is filled in. */
    CalleeNotes knowing(String... more) {
        var all = new HashMap<>(texts);
        for (String text : more) all.put(code(text), text);
        return new CalleeNotes(call, all);
    }

    /** What was said to the callee, in order. */
    List<String> phrases() {
        return phrasesAndTimes().stream().map(Phrase::text).toList();
    }

    List<Phrase> phrasesAndTimes() {
        return SpokenTones.spoken(media().pcm()).stream()
                .map(spoken -> new Phrase(
                        texts.getOrDefault(spoken.code(), "unknown words " + spoken.code()), spoken.startMillis()))
                .toList();
    }

    MediaReport media() {
        return call.media().orElseThrow(() -> new AssertionError("no sound in " + call.glance()));
    }

    /** How long a tone was heard in all; 575, 1175 and 1775 Hz are none of those that words are spoken in. */
    long millisOf(int hertz) {
        return ToneProbe.hertz(hertz).tones(media().pcm()).stream()
                .filter(tone -> tone.endMillis() - tone.startMillis() >= 100)
                .mapToLong(tone -> tone.endMillis() - tone.startMillis())
                .sum();
    }

    /** The first lines of the messages. */
    List<String> glance() {
        return call.glance();
    }

    /** How often the first line of a message is that. */
    long countOf(String line) {
        return call.glance().stream().filter(line::equals).count();
    }

    /** The first request of ours of that method. */
    SipMessage request(String method) {
        return requests(method, true);
    }

    /** The first request of the callee's of that method. */
    SipMessage requestOfTheirs(String method) {
        return requests(method, false);
    }

    private SipMessage requests(String method, boolean ours) {
        return call.messages().stream()
                .filter(message -> message.fromCaller() == ours)
                .map(TrunkMessage::message)
                .filter(message -> message.isRequest(method))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + method + " in " + call.glance()));
    }
}

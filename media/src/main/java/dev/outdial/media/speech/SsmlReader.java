package dev.outdial.media.speech;

import dev.outdial.media.speech.Script.Pause;
import dev.outdial.media.speech.Script.Piece;
import dev.outdial.media.speech.Script.Prosody;
import dev.outdial.media.speech.Script.Words;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads SSML (W3C SSML 1.1): {@code speak p s break prosody say-as sub}; what has no bearing here ({@code emphasis phoneme token w mark}) is read
 * over, what would be missed is refused. No document type, no entity, nothing from outside. Pure; one owner.
 */
final class SsmlReader {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_PIECES = 500;
    private static final int PARAGRAPH_MILLIS = 500;
    private static final int SENTENCE_MILLIS = 250;

    private static final XMLInputFactory FACTORY = factory();

    private final XMLStreamReader xml;
    private final List<Piece> pieces = new ArrayList<>();
    private final Deque<Prosody> prosody = new ArrayDeque<>(List.of(Prosody.PLAIN));
    private final StringBuilder words = new StringBuilder();
    private Locale language;

    private SsmlReader(XMLStreamReader xml, Locale language) {
        this.xml = xml;
        this.language = language;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing is read from elsewhere");
        });
        return factory;
    }

    /**
     * Reads a text.
     *
     * @param language what it is in where it does not say that itself
     * @throws SpeechException with the line and column of what is wrong
     */
    static Script read(String ssml, Locale language) throws SpeechException {
        try {
            XMLStreamReader xml;
            synchronized (FACTORY) {
                xml = FACTORY.createXMLStreamReader(new StringReader(ssml.strip()));
            }
            return new SsmlReader(xml, language).all();
        } catch (XMLStreamException malformed) {
            throw wrong(malformed.getLocation(), reason(malformed), malformed);
        }
    }

    /** The parser's own message is long, and begins with the place. */
    private static String reason(XMLStreamException malformed) {
        String message = Objects.requireNonNullElse(malformed.getMessage(), "malformed XML");
        int start = message.lastIndexOf("Message: ");
        String bare = start < 0 ? message : message.substring(start + "Message: ".length());
        return ScriptReader.inOneLine(bare.length() > 200 ? bare.substring(0, 200) : bare);
    }

    private static SpeechException wrong(Location place, String what, Throwable cause) {
        return new SpeechException(place(place) + what, cause);
    }

    private static String place(Location place) {
        return "SSML, line " + Math.max(1, place.getLineNumber()) + ", column " + Math.max(1, place.getColumnNumber())
                + ": ";
    }

    private SpeechException wrong(String what) {
        return new SpeechException(place(xml.getLocation()) + what);
    }

    private Script all() throws XMLStreamException, SpeechException {
        int depth = 0;
        while (xml.hasNext()) {
            switch (next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (depth >= MAX_DEPTH) throw wrong("elements within elements, more than " + MAX_DEPTH);
                    if (begin(xml.getLocalName(), depth)) depth++;
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    end(xml.getLocalName());
                    depth--;
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    words.append(xml.getText());
                case XMLStreamConstants.DTD -> throw wrong("a document type is not taken");
                case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw wrong("the entity " + ScriptReader.inOneLine(String.valueOf(xml.getLocalName()))
                            + " is not known");
                default -> {
                    // comments and processing instructions
                }
            }
        }
        return new Script(language, pieces);
    }

    private int next() throws XMLStreamException {
        try {
            return xml.next();
        } catch (XMLStreamException malformed) {
            throw malformed;
        } catch (RuntimeException fault) {
            // The JDK's parser has no words for some mistakes in a document type, and says so in its own way.
            throw new XMLStreamException("malformed XML", xml.getLocation(), fault);
        }
    }

    private String elementText() throws XMLStreamException {
        try {
            return xml.getElementText();
        } catch (XMLStreamException malformed) {
            throw malformed;
        } catch (RuntimeException fault) {
            throw new XMLStreamException("malformed XML", xml.getLocation(), fault);
        }
    }

    /** Whether it is still open: what is text alone is read to its end. */
    private boolean begin(String element, int depth) throws SpeechException, XMLStreamException {
        if (depth == 0 != element.equals("speak"))
            throw wrong(depth == 0 ? "<speak> is expected" : "<speak> within <speak>");
        checkLanguage(depth);
        switch (element) {
            case "speak", "emphasis", "phoneme", "token", "w", "mark" -> {}
            case "p", "s" -> pause(element);
            case "break" -> pauseFor(SsmlValues.pauseMillis(attribute("time"), attribute("strength")));
            case "prosody" -> {
                endWords();
                Prosody inner = value(SsmlValues.prosody(attribute("rate"), attribute("pitch"), attribute("volume")));
                prosody.push(inner.within(prosody.getFirst()));
            }
            case "say-as" -> {
                sayAs();
                return false;
            }
            case "sub" -> {
                String alias = attribute("alias").orElseThrow(() -> wrong("<sub> has no alias"));
                // What it stands for is not spoken, however much that is.
                elementText();
                words.append(' ').append(alias).append(' ');
                return false;
            }
            default ->
                throw wrong(
                        "<" + shown(element) + "> is not understood here; understood are speak, p, s, break, prosody,"
                                + " say-as, sub, emphasis, phoneme, token, w and mark");
        }
        return true;
    }

    private void end(String element) throws SpeechException {
        switch (element) {
            case "speak" -> endWords();
            case "p", "s" -> pause(element);
            case "prosody" -> {
                endWords();
                prosody.pop();
            }
            default -> {
                // nothing was begun
            }
        }
    }

    private void checkLanguage(int depth) throws SpeechException {
        String tag = xml.getAttributeValue("http://www.w3.org/XML/1998/namespace", "lang");
        if (tag == null) return;
        Locale said = Locale.forLanguageTag(tag);
        if (said.getLanguage().isEmpty()) throw wrong("xml:lang=\"" + shown(tag) + "\" is no language");
        if (depth == 0) language = said;
        else if (!said.getLanguage().equals(language.getLanguage()))
            throw wrong("a language within another (" + said.toLanguageTag() + ") is not spoken");
    }

    /** Between paragraphs and sentences, not at the ends and not twice. */
    private void pause(String element) throws SpeechException {
        endWords();
        if (pieces.isEmpty()) return;
        int millis = element.equals("p") ? PARAGRAPH_MILLIS : SENTENCE_MILLIS;
        if (pieces.getLast() instanceof Pause before) {
            if (before.millis() >= millis) return;
            pieces.removeLast();
        }
        pieces.add(new Pause(millis));
    }

    private void pauseFor(SsmlValues.Read<Integer> millis) throws SpeechException {
        endWords();
        int length = value(millis);
        if (length > 0) add(new Pause(length));
    }

    private void sayAs() throws SpeechException, XMLStreamException {
        String how = attribute("interpret-as").orElseThrow(() -> wrong("<say-as> has no interpret-as"));
        Optional<String> format = attribute("format");
        Location place = xml.getLocation();
        String text = ScriptReader.inOneLine(elementText());
        SsmlValues.Read<SaidAs> said = SaidAs.read(how, format, text, language);
        if (said instanceof SsmlValues.Wrong<SaidAs> wrong) throw new SpeechException(place(place) + wrong.why());
        SaidAs as = value(said);
        if (as.spelled()) {
            endWords();
            if (!as.text().isBlank()) add(new Words(as.text(), true, prosody.getFirst()));
        } else {
            words.append(' ').append(as.text()).append(' ');
        }
    }

    private void endWords() throws SpeechException {
        String text = ScriptReader.inOneLine(words.toString());
        words.setLength(0);
        // A full stop after what was spelled, say, is nothing by itself.
        if (text.codePoints().anyMatch(SsmlReader::isSpoken)) add(new Words(text, false, prosody.getFirst()));
    }

    private static boolean isSpoken(int c) {
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }

    private void add(Piece piece) throws SpeechException {
        if (pieces.size() >= MAX_PIECES) throw wrong("more than " + MAX_PIECES + " pieces");
        pieces.add(piece);
    }

    private Optional<String> attribute(String name) {
        return Optional.ofNullable(xml.getAttributeValue(null, name));
    }

    private <T> T value(SsmlValues.Read<T> read) throws SpeechException {
        return switch (read) {
            case SsmlValues.Value<T> value -> value.is();
            case SsmlValues.Wrong<T> wrong -> throw wrong(wrong.why());
        };
    }

    private static String shown(String text) {
        return ScriptReader.inOneLine(text.length() > 40 ? text.substring(0, 40) : text);
    }
}

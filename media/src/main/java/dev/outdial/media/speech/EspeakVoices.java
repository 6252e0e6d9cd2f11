package dev.outdial.media.speech;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The voices that {@code espeak-ng --voices} lists. Pure.
 *
 * @param all in its order
 */
record EspeakVoices(List<Entry> all) {
    // Pty Language       Age/Gender VoiceName          File                 Other Languages
    //  2  en-gb           --/M      English_(Great_Britain) gmw/en               (en 2)
    private static final Pattern LINE =
            Pattern.compile("\\s*(\\d{1,3})\\s+(\\S+)\\s+\\S+\\s+(\\S+)\\s+(\\S+)\\s*((?:\\(\\S+ \\d{1,3}\\)\\s*)*)");
    private static final Pattern OTHER = Pattern.compile("\\((\\S+) (\\d{1,3})\\)");

    /**
     * A voice for a language.
     *
     * @param priority the lower the better
     * @param name as it is listed
     * @param file what selects it
     */
    record Entry(int priority, Locale language, String name, String file) {
        /** Needs another program, with voices that must be installed. */
        boolean isMbrola() {
            return file.startsWith("mb/");
        }
    }

    EspeakVoices {
        all = List.copyOf(all);
    }

    /** Reads the listing; lines that are none are read over. */
    static EspeakVoices read(String listing) {
        List<Entry> all = new ArrayList<>();
        for (String line : listing.lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) continue;
            add(all, matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4));
            Matcher other = OTHER.matcher(matcher.group(5));
            while (other.find()) add(all, other.group(2), other.group(1), matcher.group(3), matcher.group(4));
        }
        return new EspeakVoices(all);
    }

    private static void add(List<Entry> all, String priority, String language, String name, String file) {
        Locale spoken = Locale.forLanguageTag(language);
        if (!spoken.getLanguage().isEmpty()) all.add(new Entry(Integer.parseInt(priority), spoken, name, file));
    }

    List<String> languages() {
        var tags = new TreeSet<String>();
        for (Entry entry : all) if (!entry.isMbrola()) tags.add(entry.language.toLanguageTag());
        return List.copyOf(tags);
    }

    List<String> namesFor(Locale language) {
        var names = new TreeSet<String>();
        for (Entry entry : all)
            if (!entry.isMbrola() && entry.language.getLanguage().equals(language.getLanguage())) names.add(entry.name);
        return List.copyOf(names);
    }

    /** What selects the best voice for a language, or the voice of that name, with {@code +f3} and its like after it. */
    Optional<SpeechVoice> find(Locale language, Optional<String> name) {
        return name.isPresent() ? named(language, name.get()) : best(language);
    }

    private Optional<SpeechVoice> best(Locale language) {
        List<Entry> own = all.stream()
                .filter(entry -> !entry.isMbrola())
                .sorted(Comparator.comparingInt(Entry::priority))
                .toList();
        return Languages.best(own.stream().map(Entry::language).toList(), language)
                .flatMap(spoken -> own.stream()
                        .filter(entry -> entry.language.equals(spoken))
                        .findFirst())
                .map(entry -> new SpeechVoice(entry.file, entry.language));
    }

    private Optional<SpeechVoice> named(Locale language, String name) {
        int plus = name.indexOf('+');
        String base = plus < 0 ? name : name.substring(0, plus);
        String variant = plus < 0 ? "" : name.substring(plus);
        if (base.isEmpty()) return best(language).map(who -> new SpeechVoice(who.name() + variant, who.language()));
        for (Entry entry : all)
            if (entry.language.getLanguage().equals(language.getLanguage()) && isCalled(entry, base))
                return Optional.of(new SpeechVoice(entry.file + variant, entry.language));
        return Optional.empty();
    }

    private static boolean isCalled(Entry entry, String name) {
        return entry.name.equalsIgnoreCase(name.replace(' ', '_'))
                || entry.file.equals(name)
                || entry.language.toLanguageTag().equalsIgnoreCase(name);
    }
}

package dev.outdial.server.config;

import dev.outdial.dialer.flow.NearestWord;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Finds variables of the environment that look like ours and are none: nobody would notice that they do nothing. */
final class Variables {
    /** Read by commands and scripts, and no settings of a server. */
    private static final Set<String> BESIDES = Set.of(
            "OUTDIAL_API_KEY", "OUTDIAL_JAVA_OPTIONS", "OUTDIAL_JDK", "OUTDIAL_LOG", "OUTDIAL_PASSWORD", "OUTDIAL_URL");

    /** What Kubernetes and Docker's links put into a container for a service called outdial. */
    private static final Pattern OF_A_SERVICE =
            Pattern.compile("OUTDIAL_(.+_)?(SERVICE_(HOST|PORT)(_.+)?|PORT_\\d+_(TCP|UDP|SCTP)(_.+)?|ENV_.+|NAME)");

    private static final Pattern ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

    private Variables() {}

    /** A sentence for each that is none of those, without its value. @param known the variables of settings */
    static List<String> unknown(Map<String, String> environment, Set<String> known) {
        var words = new TreeSet<>(known);
        words.addAll(BESIDES);
        return environment.entrySet().stream()
                .filter(variable -> variable.getKey().startsWith(Sources.PREFIX))
                .filter(variable -> !words.contains(variable.getKey()))
                .filter(variable -> !isOfAService(variable.getKey(), variable.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .map(name -> name + ": there is no setting of this name" + meant(words, name))
                .toList();
    }

    private static boolean isOfAService(String name, String value) {
        return OF_A_SERVICE.matcher(name).matches()
                || name.endsWith("_PORT") && ADDRESS.matcher(value).matches();
    }

    private static String meant(Set<String> words, String name) {
        // What they have in common must not make them look alike.
        return NearestWord.among(
                        words.stream()
                                .map(word -> word.substring(Sources.PREFIX.length()))
                                .toList(),
                        name.substring(Sources.PREFIX.length()))
                .map(near -> " (did you mean '" + Sources.PREFIX + near + "'?)")
                .orElse("");
    }
}

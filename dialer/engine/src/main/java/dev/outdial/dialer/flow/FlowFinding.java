package dev.outdial.dialer.flow;

/**
 * Something about a flow that its author should know.
 *
 * @param severity how bad
 * @param path where in the JSON, such as {@code actions[2].option.target_id}; empty for the whole text
 * @param sentence what is wrong and what was expected, with the nearest valid word where there is one
 */
public record FlowFinding(Severity severity, String path, String sentence) {
    /** How bad something is. */
    public enum Severity {
        /** The flow cannot be run so. */
        ERROR,
        /** It can, but will hardly do what its author wants. */
        WARNING
    }

    /** Such as {@code actions[2].option.target_id: error: no action has the id "menue" (did you mean "menu"?)}. */
    @Override
    public String toString() {
        return (path.isEmpty() ? "" : path + ": ") + severity.name().toLowerCase(java.util.Locale.ROOT) + ": "
                + sentence;
    }
}

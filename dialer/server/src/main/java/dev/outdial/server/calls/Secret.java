package dev.outdial.server.calls;

/** A word that is shown to nobody: its {@code toString} does not tell it. */
public record Secret(String value) {
    @Override
    public String toString() {
        return "***";
    }
}

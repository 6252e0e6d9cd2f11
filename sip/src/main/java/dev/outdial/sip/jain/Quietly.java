package dev.outdial.sip.jain;

/** Closes what is of no more use, where nothing could be done about a failure. */
final class Quietly {
    private Quietly() {}

    static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            return;
        }
    }
}

package dev.outdial.server.cli;

/** What was asked for makes no sense; the message is one sentence for the person who asked. Exit status 64. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String sentence) {
        super(sentence);
    }
}

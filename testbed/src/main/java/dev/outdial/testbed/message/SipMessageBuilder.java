package dev.outdial.testbed.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Puts a {@link SipMessage} together. Mutable, for one thread; Content-Length is always made to fit the body. */
public final class SipMessageBuilder {
    private final StartLine startLine;
    private final List<SipHeader> headers = new ArrayList<>();
    private byte[] body = new byte[0];

    SipMessageBuilder(StartLine startLine) {
        this.startLine = startLine;
    }

    /** Adds a header line after those that are there. */
    public SipMessageBuilder header(String name, String value) {
        headers.add(new SipHeader(name, value));
        return this;
    }

    /** Takes out all headers of that name and adds this one at the end. */
    public SipMessageBuilder replace(String name, String value) {
        return without(name).header(name, value);
    }

    /** Takes out all headers of that name. */
    public SipMessageBuilder without(String name) {
        headers.removeIf(h -> h.isNamed(name));
        return this;
    }

    /** Puts a header line before all others, as a Via is. */
    public SipMessageBuilder first(String name, String value) {
        headers.addFirst(new SipHeader(name, value));
        return this;
    }

    /** Sets the body and its type. */
    public SipMessageBuilder body(String contentType, String text) {
        replace("Content-Type", contentType);
        body = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    SipMessageBuilder body(byte[] bytes) {
        body = bytes.clone();
        return this;
    }

    /** The message. */
    public SipMessage build() {
        var complete = new ArrayList<>(headers);
        complete.removeIf(h -> h.isNamed("Content-Length"));
        complete.add(new SipHeader("Content-Length", Integer.toString(body.length)));
        return new SipMessage(startLine, complete, body);
    }
}

package dev.outdial.media.fetch;

import java.io.InputStream;
import java.util.Optional;
import okhttp3.Response;

/** A response, of which the body is still to be read. <b>Threading:</b> the thread that it was given to. */
public final class WebResponse {
    private final Response response;
    private final InputStream body;

    WebResponse(Response response, InputStream body) {
        this.response = response;
        this.body = body;
    }

    /** The host that it came from in the end, redirects followed. */
    public String host() {
        return response.request().url().host();
    }

    /** The status code, of a final response. */
    public int status() {
        return response.code();
    }

    /** The value of a header field, of the last one where it stands there several times. The server's words, not to be trusted. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(response.header(name));
    }

    /**
     * The body, its content encoding undone. Reading it throws {@link FetchException} where it is longer than the policy allows, ends
     * early or is not over in time.
     */
    public InputStream body() {
        return body;
    }
}

package dev.outdial.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The contract is served as it is, and as a page that needs nothing from elsewhere. */
class DocsTest {
    private static final Api API = Api.start();

    @AfterAll
    static void stop() {
        API.close();
    }

    @Test
    void thePageShowsEachOperationAndEachSchema() {
        Answer page = API.sendAs("", "GET", "/docs", "");
        assertThat(page.header("Content-Type")).startsWith("text/html");
        ContractCheck.CONTRACT
                .path("paths")
                .fieldNames()
                .forEachRemaining(path -> assertThat(page.text()).contains(path));
        ContractCheck.CONTRACT
                .at("/components/schemas")
                .fieldNames()
                .forEachRemaining(name -> assertThat(page.text()).contains("<h3 id=\"" + name + "\">"));
        assertThat(page.text()).doesNotContain("<script", "style=", "http://", "//cdn");
        assertThat(API.sendAs("", "GET", "/docs/style.css", "").header("Content-Type"))
                .startsWith("text/css");
    }

    @Test
    void theContractIsServedAsItIs() {
        assertThat(API.sendAs("", "GET", "/api/v1/openapi.yaml", "").text())
                .startsWith("#")
                .contains("openapi: 3.1.0");
    }

    @Test
    void headsAreAnsweredWithoutBodies() {
        Answer head = API.sendAs(API.read, "HEAD", "/api/v1/calls", "");
        assertThat(head.status()).isEqualTo(200);
    }
}

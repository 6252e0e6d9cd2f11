package dev.outdial.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The contract for people: plain HTML, nothing from elsewhere, no script. */
final class DocsPage {
    static final String STYLE = """
            body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #222; }
            h2 { border-bottom: 1px solid #ccc; margin-top: 2.5rem; }
            h3 code { background: #eef; padding: .1rem .4rem; }
            table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; }
            td, th { text-align: left; vertical-align: top; padding: .2rem .6rem; border-bottom: 1px solid #eee; }
            pre { background: #f6f6f6; padding: .8rem; overflow: auto; }
            nav a { margin-right: 1rem; }
            @media (prefers-color-scheme: dark) { body { background: #181818; color: #ddd; } pre, h3 code { background: #262630; } a { color: #9bf; } }
            """;

    private final JsonNode contract;
    private final StringBuilder html = new StringBuilder();

    private DocsPage(JsonNode contract) {
        this.contract = contract;
    }

    static String of(JsonNode contract) {
        var page = new DocsPage(contract);
        page.write();
        return page.html.toString();
    }

    private void write() {
        JsonNode info = contract.path("info");
        html.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width\"><title>")
                .append(escape(info.path("title").asText()))
                .append("</title><link rel=\"stylesheet\" href=\"/docs/style.css\"></head><body><h1>")
                .append(escape(info.path("title").asText()))
                .append("</h1>");
        paragraphs(info.path("description").asText());
        html.append("<p><a href=\"/api/v1/openapi.yaml\">openapi.yaml</a></p><nav>");
        contract.path("tags")
                .forEach(tag -> html.append("<a href=\"#")
                        .append(escape(tag.path("name").asText()))
                        .append("\">")
                        .append(escape(tag.path("name").asText()))
                        .append("</a> "));
        html.append("</nav>");
        contract.path("tags").forEach(this::tag);
        html.append("<h2 id=\"schemas\">schemas</h2>");
        contract.path("components").path("schemas").properties().forEach(schema -> {
            html.append("<h3 id=\"")
                    .append(escape(schema.getKey()))
                    .append("\">")
                    .append(escape(schema.getKey()))
                    .append("</h3>");
            paragraphs(schema.getValue().path("description").asText());
            fields(schema.getValue());
        });
        html.append("</body></html>");
    }

    private void tag(JsonNode tag) {
        String name = tag.path("name").asText();
        html.append("<h2 id=\"")
                .append(escape(name))
                .append("\">")
                .append(escape(name))
                .append("</h2>");
        paragraphs(tag.path("description").asText());
        for (Map.Entry<String, JsonNode> path : contract.path("paths").properties())
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties())
                if (operation.getValue().path("tags").path(0).asText().equals(name))
                    operation(operation.getKey(), path.getKey(), operation.getValue());
    }

    private void operation(String method, String path, JsonNode operation) {
        html.append("<h3><code>")
                .append(escape(method.toUpperCase(Locale.ROOT)))
                .append(' ')
                .append(escape(path))
                .append("</code> ")
                .append(escape(operation.path("summary").asText()))
                .append("</h3>");
        paragraphs(operation.path("description").asText());
        String scope = operation.path("x-scope").asText();
        if (!scope.isEmpty()) html.append("<p>Scope: ").append(escape(scope)).append("</p>");
        parameters(operation.path("parameters"));
        JsonNode body = operation.path("requestBody").path("content").path("application/json");
        if (!body.isMissingNode()) {
            html.append("<p>Body: ").append(type(body.path("schema"))).append("</p>");
            if (body.has("example"))
                html.append("<pre>")
                        .append(escape(body.path("example").toString()))
                        .append("</pre>");
        }
        html.append("<p>Answers:");
        for (Map.Entry<String, JsonNode> answer : operation.path("responses").properties()) {
            JsonNode response = resolve(answer.getValue());
            html.append(" <b>").append(escape(answer.getKey())).append("</b> ");
            for (JsonNode content : response.path("content")) html.append(type(content.path("schema")));
        }
        html.append("</p>");
    }

    private void parameters(JsonNode parameters) {
        if (parameters.isEmpty()) return;
        html.append("<table>");
        for (JsonNode reference : parameters) {
            JsonNode parameter = resolve(reference);
            row(
                    parameter.path("name").asText() + " ("
                            + parameter.path("in").asText() + ")",
                    parameter.path("schema"),
                    parameter.path("description").asText());
        }
        html.append("</table>");
    }

    private void fields(JsonNode schema) {
        JsonNode fields = schema.path("properties");
        if (fields.isEmpty()) return;
        var required = new ArrayList<String>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        html.append("<table>");
        for (Map.Entry<String, JsonNode> field : fields.properties())
            row(
                    field.getKey() + (required.contains(field.getKey()) ? " *" : ""),
                    field.getValue(),
                    field.getValue().path("description").asText());
        html.append("</table>");
    }

    private void row(String name, JsonNode schema, String description) {
        html.append("<tr><td><code>")
                .append(escape(name))
                .append("</code></td><td>")
                .append(type(schema));
        if (schema.has("default"))
            html.append(" = ").append(escape(schema.path("default").toString()));
        html.append("</td><td>").append(escape(description)).append("</td></tr>");
    }

    /** A type in a word or two, with a link to what has a name. */
    private static String type(JsonNode schema) {
        String reference = schema.path("$ref").asText();
        if (!reference.isEmpty()) {
            String name = escape(reference.substring(reference.lastIndexOf('/') + 1));
            return "<a href=\"#" + name + "\">" + name + "</a>";
        }
        if (schema.has("enum")) return escape(schema.path("enum").toString());
        for (String several : List.of("oneOf", "anyOf")) {
            var types = new ArrayList<String>();
            schema.path(several).forEach(one -> types.add(type(one)));
            if (!types.isEmpty()) return String.join(" or ", types);
        }
        JsonNode type = schema.path("type");
        if (type.asText().equals("array")) return "array of " + type(schema.path("items"));
        var words = new ArrayList<String>();
        if (type.isArray()) type.forEach(word -> words.add(word.asText()));
        else words.add(type.asText());
        return escape(String.join(" or ", words));
    }

    private JsonNode resolve(JsonNode node) {
        String reference = node.path("$ref").asText();
        return reference.isEmpty() ? node : contract.at(reference.substring(1));
    }

    private void paragraphs(String text) {
        for (String paragraph : text.strip().split("\\n\\s*\\n", -1))
            if (!paragraph.isBlank())
                html.append("<p>").append(escape(paragraph)).append("</p>");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}

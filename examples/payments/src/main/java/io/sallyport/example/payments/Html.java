package io.sallyport.example.payments;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The frame of every page, and how text becomes part of one. */
final class Html {

    private Html() {}

    static String text(String plain) {
        return plain.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    static void answer(String main, HttpServletResponse response) throws IOException {
        response.setContentType("text/html; charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        // form-action is left out: the buttons lead to the identity provider, and browsers hold redirects against it
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.getOutputStream()
                .write(
                        ("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Payments – Example Finance</title>"
                                        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                                        + "<link rel=\"stylesheet\" href=\"/style.css\"></head><body><header><span>Example Finance</span></header>"
                                        + "<main><h1>Payments</h1>" + main + "</main></body></html>")
                                .getBytes(UTF_8));
    }

    static void style(HttpServletResponse response) throws IOException {
        response.setContentType("text/css; charset=utf-8");
        try (InputStream style = Objects.requireNonNull(Html.class.getResourceAsStream("style.css"))) {
            style.transferTo(response.getOutputStream());
        }
    }
}

package io.sallyport.journey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.Map;

/** A request whose bytes are written one by one: no client would send such headers. */
final class RawCall {

    private RawCall() {}

    /**
     * Posts a form; the status of the answer, 0 if there is none.
     *
     * @param headers as they stand, each with its line end
     */
    static int post(URI address, Map<String, String> form, byte[] headers) {
        byte[] body = Form.encode(form).getBytes(UTF_8);
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(("POST " + address.getRawPath() + " HTTP/1.1\r\nHost: " + address.getAuthority()
                        + "\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                        + body.length + "\r\n")
                .getBytes(ISO_8859_1));
        request.writeBytes(headers);
        request.writeBytes("\r\n".getBytes(ISO_8859_1));
        request.writeBytes(body);
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream().write(request.toByteArray());
            String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

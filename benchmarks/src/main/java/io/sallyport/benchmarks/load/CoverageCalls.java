package io.sallyport.benchmarks.load;

import io.sallyport.journey.AdminApi;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Calls about the coverage of a {@link Town}. */
record CoverageCalls(Town town, AdminApi admin) {

    private static final byte[] BUFFER = new byte[1 << 16];

    static CoverageCalls of(Town town) {
        return new CoverageCalls(town, town.server().keycloak().admin());
    }

    /** The body of an answer. */
    String get(String query) throws Exception {
        return get(request(query));
    }

    /** The same, of a request that was made before. */
    String get(HttpRequest request) throws Exception {
        HttpResponse<String> answer = OpenLoop.CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    /** How many bytes a table of a state has. */
    long drain(String state) throws Exception {
        HttpResponse<InputStream> answer = OpenLoop.CLIENT.send(
                request("/users?state=" + state + "&format=csv"), HttpResponse.BodyHandlers.ofInputStream());
        long bytes = 0;
        try (InputStream in = answer.body()) {
            for (int read = in.read(BUFFER); read >= 0; read = in.read(BUFFER)) {
                bytes += read;
            }
        }
        return bytes;
    }

    HttpRequest request(String query) {
        URI address =
                town.server().keycloak().address().resolve("/admin/realms/" + Town.REALM + "/mfa/coverage" + query);
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        admin.authorization().forEach(request::header);
        return request.build();
    }
}

package io.sallyport.benchmarks.load;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Keycloak's own: password and code in one request. */
record DirectGrant(String name, Crowd crowd) implements Side {

    @Override
    public LoadServer server() {
        return crowd.server();
    }

    @Override
    public void prepare() throws InterruptedException {
        crowd.awaitFreshCodes();
    }

    @Override
    public HttpRequest request(int user) {
        return crowd.directGrant(user, "");
    }

    @Override
    public boolean succeeded(int user, HttpResponse<String> answer) {
        return answer.statusCode() == 200;
    }
}

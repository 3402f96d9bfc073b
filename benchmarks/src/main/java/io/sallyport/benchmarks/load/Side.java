package io.sallyport.benchmarks.load;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** One way to prove a code. */
interface Side {

    String name();

    LoadServer server();

    /** What must be there before a round, and is no part of what is measured. */
    void prepare() throws Exception;

    /** The proof of one user, with the code of now. */
    HttpRequest request(int user);

    /** Whether that was what we wanted. */
    boolean succeeded(int user, HttpResponse<String> answer);
}

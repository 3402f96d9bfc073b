package io.sallyport.resource;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What of a request the check looks at, the same in every framework.
 *
 * @param method its HTTP method
 * @param address where it went to, without the query
 * @param query as it was sent; empty for none
 * @param headers every value of every header; names in any spelling
 * @param certificates what the client showed for mutual TLS, its own first
 */
public record Call(
        String method,
        String address,
        String query,
        Map<String, List<String>> headers,
        List<X509Certificate> certificates) {

    public Call {
        Map<String, List<String>> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> sorted.merge(name, List.copyOf(values), Call::joined));
        headers = sorted;
        certificates = List.copyOf(certificates);
    }

    /** All values of a header. */
    public List<String> header(String name) {
        return headers.getOrDefault(name, List.of());
    }

    /** RFC 9110 §5.1: names that differ in nothing but case are one header. */
    private static List<String> joined(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}

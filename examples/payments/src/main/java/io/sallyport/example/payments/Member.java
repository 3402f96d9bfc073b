package io.sallyport.example.payments;

/**
 * Who is signed in.
 *
 * @param token the access token that came with the last visit to the identity provider
 */
record Member(String subject, String name, String token) {}

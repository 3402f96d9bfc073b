package io.sallyport.journey;

/**
 * A user of a test realm.
 *
 * @param phone the app with their TOTP secret; the server knows nothing of it if they are not enrolled
 */
record Member(String id, String username, String secret, Phone phone) {

    static final String PASSWORD = "correct horse";
}

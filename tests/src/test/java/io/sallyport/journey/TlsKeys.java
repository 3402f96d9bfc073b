package io.sallyport.journey;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Keys with certificates for a server and its clients, made for one journey. */
record TlsKeys(Path directory) {

    private static final String PASSWORD = "changeit";

    /** In this directory, for these clients. */
    static TlsKeys in(Path directory, List<String> clients) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        TlsKeys keys = new TlsKeys(directory);
        keys.make("server", "localhost");
        for (String client : clients) {
            keys.make("clients", client);
        }
        return keys;
    }

    /** How a server serves with them, and takes the clients' certificates without wanting one. */
    List<String> options(int port) {
        return List.of(
                "--https-port=" + port,
                "--https-key-store-file=" + file("server"),
                "--https-key-store-password=" + PASSWORD,
                "--https-client-auth=request",
                "--https-trust-store-file=" + file("clients"),
                "--https-trust-store-password=" + PASSWORD,
                "--http-management-scheme=http");
    }

    /** TLS as this client speaks it; absent for one without a certificate. */
    SSLContext context(Optional<String> client) throws GeneralSecurityException, IOException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store("server"));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(client.isPresent() ? only(client.get()) : new KeyManager[0], trust.getTrustManagers(), null);
        return context;
    }

    /** What tokens that are bound to a client's certificate say of it (RFC 8705 §3.1). */
    String thumbprint(String client) throws GeneralSecurityException, IOException {
        byte[] certificate = store("clients").getCertificate(client).getEncoded();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(certificate));
    }

    private KeyManager[] only(String client) throws GeneralSecurityException, IOException {
        char[] password = PASSWORD.toCharArray();
        KeyStore all = store("clients");
        KeyStore one = KeyStore.getInstance("PKCS12");
        one.load(null, password);
        one.setKeyEntry(client, all.getKey(client, password), password, all.getCertificateChain(client));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(one, password);
        return keys.getKeyManagers();
    }

    private KeyStore store(String name) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(file(name))) {
            store.load(file, PASSWORD.toCharArray());
        }
        return store;
    }

    private Path file(String name) {
        return directory.resolve(name + ".p12").toAbsolutePath();
    }

    private void make(String store, String name) throws IOException, InterruptedException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:" + name,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file(store).toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new Unexpected("keytool", said, "a key");
        }
    }
}

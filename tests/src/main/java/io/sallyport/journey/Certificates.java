package io.sallyport.journey;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** The certificates of this run's own servers: no other one is trusted, and none for another name than its own. */
final class Certificates implements X509TrustManager {

    private static final Certificates OWN = new Certificates();

    private final Set<X509Certificate> trusted = ConcurrentHashMap.newKeySet();

    private Certificates() {}

    /** From now on, this one. */
    static void trust(Path pem) {
        try (InputStream file = Files.newInputStream(pem)) {
            OWN.trusted.add(
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + pem, e);
        } catch (CertificateException e) {
            throw new IllegalStateException("no certificate in " + pem, e);
        }
    }

    static SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {OWN}, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JVM has TLS", impossible);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String method) throws CertificateException {
        if (!trusted.contains(chain[0])) {
            throw new CertificateException("not of this run: " + chain[0].getSubjectX500Principal());
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String method) throws CertificateException {
        throw new CertificateException("no journey serves");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}

package io.sallyport.enroll;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.WriterException;
import com.google.zxing.client.j2se.MatrixToImageWriter;
import com.google.zxing.qrcode.QRCodeWriter;
import io.sallyport.factor.PendingTotp;
import io.sallyport.factor.totp.OtpParameters;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The {@code otpauth://} address of a new secret, as authenticator apps scan it. */
public final class KeyUri {

    private static final int PIXELS = 246;

    private final String text;

    /** The address of this secret. */
    public KeyUri(RealmModel realm, UserModel user, PendingTotp pending) {
        String issuer = encoded(Optional.ofNullable(realm.getDisplayName())
                .filter(name -> !name.isBlank())
                .orElse(realm.getName()));
        OtpParameters parameters = pending.parameters();
        this.text = "otpauth://totp/" + issuer + ":" + encoded(user.getUsername()) + "?secret=" + pending.base32()
                + "&issuer=" + issuer + "&algorithm=" + parameters.algorithm().name() + "&digits="
                + parameters.digits() + "&period=" + parameters.period().toSeconds();
    }

    /** The address itself. */
    public String text() {
        return text;
    }

    /** The QR code as Base64 of a PNG. */
    public String qrPng() {
        try {
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            MatrixToImageWriter.writeToStream(
                    new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, PIXELS, PIXELS), "png", png);
            return Base64.getEncoder().encodeToString(png.toByteArray());
        } catch (WriterException tooLong) {
            throw new IllegalStateException("the address does not fit a QR code", tooLong);
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory does not fail to write", impossible);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

package io.sallyport.factor.totp;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** RFC 4226 letter by letter, over RFC 2104 letter by letter: slow, without the JCA's Mac, to compare with. */
final class SlowHotp {

    private SlowHotp() {}

    static String code(byte[] key, long counter, OtpParameters parameters) {
        byte[] hash = hmac(key, eightBytes(counter), parameters.algorithm());
        int offset = hash[hash.length - 1] & 0x0f;
        byte[] chosen = Arrays.copyOfRange(hash, offset, offset + 4);
        chosen[0] &= 0x7f;
        BigInteger code = new BigInteger(1, chosen).mod(BigInteger.TEN.pow(parameters.digits()));
        StringBuilder text = new StringBuilder(code.toString());
        while (text.length() < parameters.digits()) {
            text.insert(0, '0');
        }
        return text.toString();
    }

    private static byte[] eightBytes(long counter) {
        byte[] bytes = new byte[8];
        for (int i = 0; i < 8; i++) {
            bytes[i] = (byte) (counter >>> (8 * (7 - i)));
        }
        return bytes;
    }

    /** RFC 2104 §2: H(K xor opad, H(K xor ipad, text)); a key longer than a block is hashed first. */
    private static byte[] hmac(byte[] key, byte[] text, HmacAlgorithm algorithm) {
        int block = algorithm == HmacAlgorithm.SHA512 ? 128 : 64;
        byte[] padded = Arrays.copyOf(key.length > block ? hash(algorithm, key) : key, block);
        byte[] inner = padded.clone();
        byte[] outer = padded.clone();
        for (int i = 0; i < block; i++) {
            inner[i] ^= 0x36;
            outer[i] ^= 0x5c;
        }
        return hash(algorithm, outer, hash(algorithm, inner, text));
    }

    private static byte[] hash(HmacAlgorithm algorithm, byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        try {
            return MessageDigest.getInstance(algorithm.name().replace("SHA", "SHA-"))
                    .digest(all.toByteArray());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

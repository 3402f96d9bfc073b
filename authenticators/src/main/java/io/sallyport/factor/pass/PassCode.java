package io.sallyport.factor.pass;

import io.sallyport.crypto.PaperCode;
import io.sallyport.crypto.SaltedHash;
import java.security.SecureRandom;
import java.util.Optional;

/** One temporary access pass: 28 letters, 140 bits. */
public final class PassCode {

    private static final int LENGTH = 28;

    private final PaperCode code;

    private PassCode(PaperCode code) {
        this.code = code;
    }

    /** A new pass. */
    static PassCode generate(SecureRandom random) {
        return new PassCode(PaperCode.generate(LENGTH, random));
    }

    /** The pass that somebody typed, in any spelling; empty if it is none. */
    public static Optional<PassCode> parse(String typed) {
        return PaperCode.parse(LENGTH, typed).map(PassCode::new);
    }

    /** As people read it. */
    public String grouped() {
        return code.grouped();
    }

    SaltedHash toStore(SecureRandom random) {
        return SaltedHash.of(code, random);
    }

    boolean isStoredAs(SaltedHash stored) {
        return stored.isOf(code);
    }

    @Override
    public String toString() {
        return code.toString();
    }
}

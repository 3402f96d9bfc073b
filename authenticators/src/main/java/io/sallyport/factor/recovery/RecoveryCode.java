package io.sallyport.factor.recovery;

import io.sallyport.crypto.PaperCode;
import io.sallyport.crypto.SaltedHash;
import java.security.SecureRandom;
import java.util.Optional;

/** One recovery code: 24 letters, 120 bits. */
public final class RecoveryCode {

    private static final int LENGTH = 24;

    private final PaperCode code;

    private RecoveryCode(PaperCode code) {
        this.code = code;
    }

    /** A new code. */
    static RecoveryCode generate(SecureRandom random) {
        return new RecoveryCode(PaperCode.generate(LENGTH, random));
    }

    /** The code that somebody typed, in any spelling; empty if it is none. */
    static Optional<RecoveryCode> parse(String typed) {
        return PaperCode.parse(LENGTH, typed).map(RecoveryCode::new);
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

package io.sallyport.verify;

import io.sallyport.factor.Spending;
import java.time.Instant;
import java.util.function.Function;

/** What became of an attempt. */
public sealed interface Verification {

    /** One case each. */
    <T> T match(Function<Verified, T> verified, Function<Rejected, T> rejected, Function<LockedOut, T> lockedOut);

    /** The code was right and is spent now; the evidence is stored. */
    record Verified(Evidence evidence) implements Verification {
        @Override
        public <T> T match(
                Function<Verified, T> verified, Function<Rejected, T> rejected, Function<LockedOut, T> lockedOut) {
            return verified.apply(this);
        }
    }

    /** The code was wrong, used before or malformed; people are told the same of all three. */
    record Rejected(Why why) implements Verification {
        @Override
        public <T> T match(
                Function<Verified, T> verified, Function<Rejected, T> rejected, Function<LockedOut, T> lockedOut) {
            return rejected.apply(this);
        }
    }

    /** Nothing was compared: the user is locked. Or this was the failure that locked him. */
    record LockedOut(Instant until) implements Verification {
        @Override
        public <T> T match(
                Function<Verified, T> verified, Function<Rejected, T> rejected, Function<LockedOut, T> lockedOut) {
            return lockedOut.apply(this);
        }
    }

    /** Why a code was rejected, for events and audit rows. */
    enum Why {
        /** Not the shape of a code: not compared and not counted. */
        MALFORMED("malformed"),
        /** By a method that the page did not ask for, or without a page: not compared and not counted. */
        NOT_ASKED("not_asked"),
        /** There is no code that could be entered, since none was sent: not compared and not counted. */
        NOTHING_SENT("nothing_sent"),
        /** The challenge gave way to another one of the session: not compared and not counted, and asked anew. */
        REPLACED("replaced"),
        /** Compared and wrong; also a factor that is not the user's. */
        WRONG_CODE("wrong_code"),
        /** Right, but used before, or older than a used one. */
        REPLAY("replay"),
        /** A key whose counter went back. */
        POSSIBLE_CLONE("possible_clone"),
        /** Something of ours broke while it was compared or spent. */
        BROKEN("error"),
        /** Of a factor that failed too often in a row: not compared. */
        SUSPENDED("suspended");

        private final String wireName;

        Why(String wireName) {
            this.wireName = wireName;
        }

        static Why of(Spending spending) {
            return spending == Spending.POSSIBLE_CLONE ? POSSIBLE_CLONE : REPLAY;
        }

        /** The name in events. */
        public String wireName() {
            return wireName;
        }
    }
}

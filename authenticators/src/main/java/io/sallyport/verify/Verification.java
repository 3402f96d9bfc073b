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

    /**
     * The user is locked.
     *
     * @param byThis whether this was the failure that locked him; else nothing was compared
     */
    record LockedOut(Instant until, boolean byThis) implements Verification {
        @Override
        public <T> T match(
                Function<Verified, T> verified, Function<Rejected, T> rejected, Function<LockedOut, T> lockedOut) {
            return lockedOut.apply(this);
        }
    }

    /** Why a code was rejected, for events and audit rows. */
    enum Why {
        /** Not the shape of a code: not compared and not counted. */
        MALFORMED("malformed", false),
        /** By a method that the page did not ask for, or without a page: not compared and not counted. */
        NOT_ASKED("not_asked", false),
        /** There is no code that could be entered, since none was sent: not compared and not counted. */
        NOTHING_SENT("nothing_sent", false),
        /** The challenge gave way to another one of the session: not compared and not counted, and asked anew. */
        REPLACED("replaced", false),
        /** Compared and wrong; also a factor that is not the user's. */
        WRONG_CODE("wrong_code", true),
        /** Right, but used before, or older than a used one. */
        REPLAY("replay", true),
        /** A key whose counter went back. */
        POSSIBLE_CLONE("possible_clone", true),
        /** Something of ours broke while it was compared or spent. */
        BROKEN("error", false),
        /** Of a factor that failed too often in a row: not compared. */
        SUSPENDED("suspended", true);

        private final String wireName;
        private final boolean his;

        Why(String wireName, boolean his) {
            this.wireName = wireName;
            this.his = his;
        }

        static Why of(Spending spending) {
            return spending == Spending.POSSIBLE_CLONE ? POSSIBLE_CLONE : REPLAY;
        }

        /** Whether it is a failure of his that counts; else nothing was compared, or something of ours broke. */
        public boolean isHis() {
            return his;
        }

        /** The name in events. */
        public String wireName() {
            return wireName;
        }
    }
}

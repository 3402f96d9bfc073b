package io.sallyport.verify;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.event.Trail;
import io.sallyport.provider.DatabaseClock;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Limits what applications ask for in the name of one user, and what anybody is refused, over all nodes. Each session and each
 * {@code mfa_token} has its share, and those that have proved MFA are counted apart from those that have not: whoever has
 * the password alone takes nothing from them.
 */
public final class CallRate {

    private final KeycloakSession session;
    private final EntityManager em;

    /** The rates in the session's transaction. */
    CallRate(KeycloakSession session) {
        this.session = session;
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** What is counted apart, and how often it may be asked for in a minute. */
    public enum Kind {
        /** Each is a row, and many ask the user for something. */
        CHALLENGE(30, Kind.CALLS),
        ENROLL(10, Kind.CALLS),
        /** Each is a mail to the user. */
        RECOVERY_CODES(10, Kind.CALLS),
        /** Refused to an administrator: like all that follow, each is a row of the trail, and nothing is done. */
        REFUSED_ADMIN(60, Kind.REFUSALS),
        /** Given as an answer where there is nothing to compare it with. */
        REFUSED_ANSWER(30, Kind.REFUSALS),
        /** Given while the user is locked. */
        REFUSED_LOCKED(30, Kind.REFUSALS),
        /** A message that may not go, or did not. */
        REFUSED_MESSAGE(30, Kind.REFUSALS),
        /** An action without an approval of it. */
        REFUSED_ACTION(30, Kind.REFUSALS),
        /** A change of one's own factors. */
        REFUSED_CHANGE(30, Kind.REFUSALS),
        /** A token, an assertion or a sign-in that ends at the gate. */
        REFUSED_TOKEN(30, Kind.REFUSALS),
        /** Asked by a page, which is never refused: more leave no row. */
        ASKED(30, Kind.CHALLENGES),
        /** An enrollment that a page begins, likewise. */
        BEGUN(30, Kind.ENROLLMENTS);

        private static final String CALLS = "too_many_calls";
        private static final String REFUSALS = "too_many_refusals";
        private static final String CHALLENGES = "too_many_challenges";
        private static final String ENROLLMENTS = "too_many_enrollments";

        /** So many shares all of one user have together. */
        private static final int SHARES = 3;

        private final int most;
        private final String tooMany;

        Kind(int most, String tooMany) {
            this.most = most;
            this.tooMany = tooMany;
        }

        /** By one session or token. */
        int share() {
            return most;
        }

        /** By all of them. */
        int most() {
            return SHARES * most;
        }

        /** What the trail says of the first one that is one too many. */
        String tooMany() {
            return tooMany;
        }
    }

    /** Whose calls are counted together. */
    enum Bucket {
        PROVEN,
        OTHER
    }

    /**
     * Who calls.
     *
     * @param userId the user; an address where nobody is known
     * @param place the session, or the {@code mfa_token}
     * @param binding what the session's evidence is found by; absent for a token
     */
    public record By(String userId, String clientId, String place, Optional<SessionBinding> binding) {

        /** A user at a place, whatever he has proved in it. */
        public static By at(Place place, String userId) {
            return new By(userId, place.clientId(), place.sessionId(), Optional.empty());
        }
    }

    /**
     * Counts a call, committed whatever becomes of it; call it before any SQL of the request. A locked user's is not counted:
     * he is told that he is locked. The first of a minute that is one too many is on the record.
     *
     * @return when the next may be made, if this is one too many
     */
    public static Optional<Instant> count(KeycloakSession session, By by, Kind kind) {
        return OwnTransaction.call(session, own -> {
            RealmModel realm = own.getContext().getRealm();
            return new Throttle(own).lockedUntil(realm, by.userId()).isPresent()
                    ? Optional.empty()
                    : new CallRate(own).call(realm, by, kind);
        });
    }

    private Optional<Instant> call(RealmModel realm, By by, Kind kind) {
        Optional<CallRateRow> full = counted(realm, by, kind);
        if (full.filter(CallRateRow::refuses).isPresent()) {
            tell(realm, by, kind);
        }
        return full.map(CallRateRow::end);
    }

    /**
     * Counts what happened and puts it on the record, in the current transaction: so many times in a minute as what it is, once
     * as one too many, and no more.
     *
     * @param event asked for only if there is a row
     * @return when another one will be recorded as what it is; absent if this one was
     */
    Optional<Instant> record(RealmModel realm, By by, Kind kind, Supplier<MfaEvent> event) {
        Optional<CallRateRow> full = counted(realm, by, kind);
        if (full.isEmpty()) {
            Trail.recordHere(session, realm, event.get());
        } else if (full.get().refuses()) {
            Trail.recordHere(session, realm, event.get().with(Detail.REASON, kind.tooMany()));
        }
        return full.map(CallRateRow::end);
    }

    /** Whether there is a row of all, so that counting makes none that somebody else could make at the same time. */
    boolean hasBegun(RealmModel realm, By by, Kind kind) {
        return em.find(CallRateRow.class, key(realm, by, kind)) != null;
    }

    private CallRateRow.Key key(RealmModel realm, By by, Kind kind) {
        return new CallRateRow.Key(realm.getId(), by.userId(), kind, bucket(realm, by), CallRateRow.EVERYWHERE);
    }

    /** Counts in both rows, unless one of them is full: that one. */
    Optional<CallRateRow> counted(RealmModel realm, By by, Kind kind) {
        CallRateRow.Key key = key(realm, by, kind);
        Instant now = DatabaseClock.now(em);
        // first the row of all: whoever holds it is alone with those of the places; full, it lets in no more of them
        CallRateRow all = held(key, now);
        if (all.isFull(now)) {
            return Optional.of(all);
        }
        CallRateRow own = held(key.at(by.place()), now);
        if (own.isFull(now)) {
            return Optional.of(own);
        }
        all.count();
        own.count();
        return Optional.empty();
    }

    private Bucket bucket(RealmModel realm, By by) {
        return by.binding().stream()
                        .flatMap(binding -> new EvidenceStore(session).find(realm, by.userId(), binding).stream())
                        .anyMatch(evidence -> evidence.method().enrollable())
                ? Bucket.PROVEN
                : Bucket.OTHER;
    }

    private CallRateRow held(CallRateRow.Key key, Instant now) {
        CallRateRow row = em.find(CallRateRow.class, key);
        if (row == null) {
            forgetOver(key, now);
            row = new CallRateRow(key);
            em.persist(row);
            em.flush();
        } else {
            em.refresh(row, LockModeType.PESSIMISTIC_WRITE);
        }
        return row;
    }

    private void forgetOver(CallRateRow.Key key, Instant now) {
        em.createQuery("delete from MfaCallRate c where c.realmId = :realm and c.userId = :user and c.kind = :kind"
                        + " and c.bucket = :bucket and c.place <> :all and c.beganAt < :then")
                .setParameter("realm", key.realmId())
                .setParameter("user", key.userId())
                .setParameter("kind", key.kind())
                .setParameter("bucket", key.bucket())
                .setParameter("all", CallRateRow.EVERYWHERE)
                .setParameter("then", now.minus(CallRateRow.WINDOW).toEpochMilli())
                .executeUpdate();
    }

    private void tell(RealmModel realm, By by, Kind kind) {
        Trail.recordHere(
                session,
                realm,
                Ruling.on(
                        session,
                        realm,
                        MfaEvent.of(MfaEventType.FAILED, Outcome.FAILURE)
                                .user(by.userId())
                                .client(Optional.of(by.clientId()))
                                .session(by.place())
                                .with(Detail.REASON, kind.tooMany())));
    }

    void forgetUser(String realmId, String userId) {
        em.createQuery("delete from MfaCallRate c where c.realmId = :realm and c.userId = :user")
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .executeUpdate();
    }

    void forgetRealm(String realmId) {
        em.createQuery("delete from MfaCallRate c where c.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }
}

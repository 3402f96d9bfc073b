package io.sallyport.verify;

import io.sallyport.factor.Approvals;
import io.sallyport.factor.Challenges;
import io.sallyport.factor.Occasion;
import io.sallyport.factor.Purpose;
import io.sallyport.factor.Question;
import io.sallyport.factor.SecondFactors;
import io.sallyport.factor.Transaction;
import io.sallyport.policy.Method;
import io.sallyport.provider.RealmSettings;
import java.time.Duration;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** What a question is about, and where that which its answer is compared with is kept. */
sealed interface Subject {

    /** Id of the challenge that it belongs to. */
    String id();

    /** What the proof is for. */
    Purpose purpose();

    /** The enrollment that is asked; empty if any of the method will do. */
    Optional<String> enrollmentId();

    /** What would be approved. */
    Optional<Transaction> transaction();

    /** Keeps the question, in place of the one before. */
    void keep(KeycloakSession in, Method method, Occasion occasion, Question question);

    /** Makes sure that a question which certainly reached nobody is not answered. */
    void drop(KeycloakSession in);

    /** A sign-in, or a factor that waits for its first answer. */
    record Own(String id, Challenges.Owner owner, Purpose purpose, Optional<String> enrollmentId) implements Subject {

        @Override
        public Optional<Transaction> transaction() {
            return Optional.empty();
        }

        @Override
        public void keep(KeycloakSession in, Method method, Occasion occasion, Question question) {
            Duration ttl = new SecondFactors(in)
                    .of(method)
                    .orElseThrow()
                    .ttl(RealmSettings.of(in, in.getContext().getRealm()));
            new Challenges(in).open(owner, method, occasion, ttl, question.kept());
        }

        @Override
        public void drop(KeycloakSession in) {
            new Challenges(in).drop(id);
        }
    }

    /** An approval, by whatever factor of the user will do. */
    sealed interface ApprovalOf extends Subject {

        /** What would be approved. */
        Transaction what();

        @Override
        default Purpose purpose() {
            return Purpose.APPROVE;
        }

        @Override
        default Optional<String> enrollmentId() {
            return Optional.empty();
        }

        @Override
        default Optional<Transaction> transaction() {
            return Optional.of(what());
        }
    }

    /** An approval that was asked for before, by whatever methods. */
    record Open(Requested requested) implements ApprovalOf {

        @Override
        public String id() {
            return requested.id();
        }

        @Override
        public Transaction what() {
            return requested.transaction();
        }

        /** What a key signs follows from the transaction, and is not kept. */
        @Override
        public void keep(KeycloakSession in, Method method, Occasion occasion, Question question) {
            if (question.delivery().isPresent() && !new Approvals(in).keep(id(), question.kept())) {
                throw new MfaUnavailable("the challenge is over");
            }
        }

        @Override
        public void drop(KeycloakSession in) {
            new Approvals(in).keep(id(), "");
        }
    }

    /** An approval that is asked for with the question; until then the one before it can be answered. */
    record Proposed(String id, Proposal proposal, Place place, UserModel user) implements ApprovalOf {

        @Override
        public Transaction what() {
            return proposal.transaction();
        }

        @Override
        public void keep(KeycloakSession in, Method method, Occasion occasion, Question question) {
            new ActionApprovals(in, in.getContext().getRealm()).open(place, user, id, proposal);
            new Approvals(in).keep(id, question.kept());
        }

        @Override
        public void drop(KeycloakSession in) {
            new Challenges(in).drop(id);
        }
    }
}

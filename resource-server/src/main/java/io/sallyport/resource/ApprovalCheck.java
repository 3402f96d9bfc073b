package io.sallyport.resource;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The one place that says yes to an action: each step needs what the last one proved, and only the server's own yes at the end
 * lets the call through. Keeps keys and connections: make one for an application. Safe for many threads.
 */
public final class ApprovalCheck {

    private static final System.Logger LOG = System.getLogger(ApprovalCheck.class.getName());
    private static final String PLAIN = "[A-Za-z0-9._-]{1,64}";

    private final ResourceSettings settings;
    private final Clock clock;
    private final AccessTokens tokens;
    private final Spending spending;

    private ApprovalCheck(ResourceSettings settings, Optional<ProofVerifier> proofs, Clock clock) {
        BackChannel channel = new BackChannel(settings.timeout());
        this.settings = settings;
        this.clock = clock;
        this.tokens = new AccessTokens(settings, proofs, new IssuerKeys(channel).at(settings.keys()), clock);
        this.spending = new Spending(channel, settings.authorize());
    }

    /** Takes bearer tokens only. */
    public static ApprovalCheck of(ResourceSettings settings) {
        return new ApprovalCheck(settings, Optional.empty(), Clock.systemUTC());
    }

    /** Also takes tokens that are bound to a key, if this proves that the caller has it. */
    public static ApprovalCheck of(ResourceSettings settings, ProofVerifier proofs, Clock clock) {
        return new ApprovalCheck(settings, Optional.of(proofs), clock);
    }

    /**
     * Spends the caller's approval of this action.
     *
     * @param details what the call is about to do; asked only for callers with a valid token and a claim of an approval. What it
     *     throws is thrown on
     */
    public Outcome check(Call call, String action, Supplier<? extends Map<String, ?>> details) {
        String correlationId = correlationId(call);
        try {
            AccessToken token = tokens.verify(Presented.in(call), call);
            ClaimedApproval claimed = ClaimedApproval.in(token, clock.instant(), settings);
            Transaction transaction = new Transaction(
                    action,
                    ExactDetails.of(details.get()),
                    claimed.id(),
                    token.client(),
                    token.session(),
                    claimed.tenants(),
                    token.user());
            if (!claimed.isFor(transaction)) {
                voidApproval(token, transaction, correlationId);
                throw NotApproved.mfaRequired("approved was something else");
            }
            spending.spend(token, transaction, correlationId);
            return new Outcome.Approved(new Approval(
                    action,
                    transaction.details().values(),
                    claimed.id(),
                    token.user(),
                    token.session(),
                    token.client()));
        } catch (NotApproved no) {
            LOG.log(Level.INFO, "{0} refused: {1} ({2})", action, no.reason(), correlationId);
            return new Outcome.Refused(settings.answer().to(no, settings.maxAge(), correlationId));
        }
    }

    /** Tells the server what was tried: it voids the approval and puts the attempt on the record. Its answer changes nothing. */
    private void voidApproval(AccessToken token, Transaction transaction, String correlationId) {
        try {
            spending.spend(token, transaction, correlationId);
            LOG.log(Level.ERROR, "the server would have taken what differs from its own hash ({0})", correlationId);
        } catch (NotApproved expected) {
            LOG.log(Level.DEBUG, "{0} ({1})", expected.reason(), correlationId);
        }
    }

    private static String correlationId(Call call) {
        return call.header("X-Correlation-Id").stream()
                .filter(given -> given.matches(PLAIN))
                .findFirst()
                .orElseGet(() -> UUID.randomUUID().toString());
    }
}

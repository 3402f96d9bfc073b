package io.sallyport.resource.spring;

import io.sallyport.resource.Approval;
import io.sallyport.resource.Outcome;
import io.sallyport.resource.Refusal;
import io.sallyport.resource.servlet.Exchange;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.security.authorization.AuthorizationDecision;

/** Carries a refusal from where it is found to where it is told. */
final class MfaDecision extends AuthorizationDecision {

    private final transient Optional<Refusal> refusal;

    private MfaDecision(Optional<Refusal> refusal) {
        super(refusal.isEmpty());
        this.refusal = refusal;
    }

    static MfaDecision yes() {
        return new MfaDecision(Optional.empty());
    }

    static MfaDecision of(Outcome outcome, HttpServletRequest request) {
        return outcome.match(
                (Approval approval) -> {
                    Exchange.keep(request, approval);
                    return yes();
                },
                no -> new MfaDecision(Optional.of(no)));
    }

    Optional<Refusal> refusal() {
        return refusal;
    }
}

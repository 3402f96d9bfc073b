package io.sallyport.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static io.sallyport.architecture.House.CLASSES;
import static io.sallyport.architecture.House.ROOT;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can be pure is pure: it imports Java and JSpecify, so that it is tested without a server and read without one. */
final class PurePackagesTest {

    /** RFC 4226 and RFC 6238 live in one package with the adapter that reads Keycloak's credential: so by name. */
    private static final List<String> TOTP_ARITHMETIC =
            List.of("CodeText", "HmacAlgorithm", "Hotp", "OtpParameters", "Totp");

    @Test
    void thePolicyRulesArePure() {
        isPure(
                resideInAnyPackage(ROOT + ".policy.rules", ROOT + ".policy.action"),
                resideInAnyPackage(ROOT + ".policy", ROOT + ".policy.rules", ROOT + ".policy.action"));
    }

    @Test
    void theSealOfTheAuditIsPure() {
        isPure(resideInAnyPackage(ROOT + ".audit.seal"), resideInAnyPackage(ROOT + ".audit.seal"));
    }

    @Test
    void theVerifierNeedsNothingButJava() {
        isPure(resideInAnyPackage(ROOT + ".verifier"), resideInAnyPackage(ROOT + ".verifier", ROOT + ".audit.seal"));
    }

    @Test
    void theArithmeticOfTotpIsPure() {
        DescribedPredicate<JavaClass> arithmetic = describe(
                "the arithmetic of factor.totp",
                type -> type.getPackageName().equals(ROOT + ".factor.totp")
                        && TOTP_ARITHMETIC.contains(
                                outermost(type.getBaseComponentType()).getSimpleName()));

        isPure(arithmetic, arithmetic.or(resideInAnyPackage("javax.crypto..")));
    }

    /** No Keycloak, clock or store: only the parsers and the verification of signatures that are webauthn4j's. */
    @Test
    void theCeremoniesOfWebAuthnArePure() {
        isPure(
                resideInAnyPackage(ROOT + ".factor.webauthn"),
                resideInAnyPackage(ROOT + ".factor.webauthn", "com.webauthn4j..", "com.fasterxml.jackson.."));
    }

    private static void isPure(DescribedPredicate<JavaClass> who, DescribedPredicate<JavaClass> mayAlsoKnow) {
        classes()
                .that(who)
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("java..", "org.jspecify..").or(mayAlsoKnow))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(PurePackagesTest::outermost).orElse(type);
    }
}

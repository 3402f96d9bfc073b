package io.sallyport.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static io.sallyport.architecture.House.CLASSES;
import static io.sallyport.architecture.House.ROOT;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be pure is pure: it imports Java and JSpecify, so that it is tested without a server and read without one. */
final class PurePackagesTest {

    @Test
    void thePolicyRulesArePure() {
        importsNothingBut("policy.rules", ROOT + ".policy", ROOT + ".policy.rules");
    }

    @Test
    void theSealOfTheAuditIsPure() {
        importsNothingBut("audit.seal", ROOT + ".audit.seal");
    }

    private static void importsNothingBut(String pure, String... ours) {
        String[] allowed = Stream.concat(Stream.of("java..", "org.jspecify.."), Stream.of(ours))
                .toArray(String[]::new);

        classes()
                .that()
                .resideInAPackage(ROOT + "." + pure)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed)
                .allowEmptyShould(true)
                .check(CLASSES);
    }
}

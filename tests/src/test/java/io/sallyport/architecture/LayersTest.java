package io.sallyport.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.sallyport.architecture.House.CLASSES;
import static io.sallyport.architecture.House.ROOT;
import static io.sallyport.architecture.House.ours;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom. An arrow between two packages of ours may only point down this list. */
final class LayersTest {

    private static final List<List<String>> FLOORS = List.of(
            List.of("rest..", "admin.."),
            List.of("login..", "enroll..", "gate..", "stepup.."),
            List.of("form.."),
            List.of("population.."),
            List.of("verify.."),
            List.of("factor.."),
            List.of("crypto..", "json.."),
            List.of("policy..", "event..", "provider.."));

    private static final List<String> GROUND = FLOORS.get(FLOORS.size() - 1);

    @Test
    void theRulesReadTheProductionClasses() {
        assertThat(CLASSES).isNotEmpty();
    }

    @Test
    void everyClassHasItsFloor() {
        String[] known = ours(
                Stream.concat(FLOORS.stream().flatMap(List::stream), Stream.of("audit..", "kafka..", "verifier..")));

        classes().should().resideInAnyPackage(known).allowEmptyShould(true).check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("packagesAboveTheGround")
    void anArrowOnlyPointsDown(String floor) {
        onlyKnows(floor, Stream.concat(Stream.of(floor), below(floor)));
    }

    @Test
    void thePolicyContractKnowsNothingButItsRules() {
        onlyKnows("policy", Stream.of("policy", "policy.rules"));
    }

    @Test
    void thePolicyRulesKnowNothingButTheContract() {
        onlyKnows("policy.rules", Stream.of("policy", "policy.rules", "policy.action"));
        onlyKnows("policy.action", Stream.of("policy", "policy.action"));
    }

    @Test
    void thePolicyStoreStandsOnTheGround() {
        onlyKnows("policy.store..", GROUND.stream());
    }

    @Test
    void theEventsKnowNothingButWhoSendsARequest() {
        onlyKnows("event..", Stream.of("event..", "provider", "policy"));
    }

    @Test
    void theKeycloakAdaptersKnowNothingButThePolicyContract() {
        onlyKnows("provider..", Stream.of("provider..", "policy", "policy.address"));
    }

    @Test
    void theAuditStandsOnTheGround() {
        onlyKnows("audit..", Stream.concat(Stream.of("audit.."), GROUND.stream()));
    }

    @Test
    void theVerifierKnowsNothingButTheSeal() {
        onlyKnows("verifier..", Stream.of("verifier..", "audit.seal"));
    }

    @Test
    void theSinkForKafkaKnowsNothingButWhatASinkIs() {
        onlyKnows("kafka..", Stream.of("kafka..", "event.."));
    }

    @Test
    void nobodyKnowsTheAudit() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".audit..", ROOT + ".verifier..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".audit..")
                .because("they meet only in a Keycloak event")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void oneFactorDoesNotKnowAnother() {
        slices().matching(ROOT + ".factor.(*)..")
                .should()
                .notDependOnEachOther()
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void aFactorAndItsContractDoNotKnowEachOtherBothWays() {
        slices().assignedFrom(packagesOf("factor"))
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    static Stream<String> packagesAboveTheGround() {
        return FLOORS.stream().filter(floor -> floor != GROUND).flatMap(List::stream);
    }

    private static Stream<String> below(String name) {
        return FLOORS.stream().dropWhile(floor -> !floor.contains(name)).skip(1).flatMap(List::stream);
    }

    private static void onlyKnows(String who, Stream<String> whom) {
        classes()
                .that()
                .resideInAPackage(ROOT + "." + who)
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage(ROOT + "..").or(resideInAnyPackage(ours(whom))))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    /** Each package below the given one, and that one itself, is a slice of its own. */
    private static SliceAssignment packagesOf(String top) {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                String name = type.getPackageName();
                boolean inside = (name + ".").startsWith(ROOT + "." + top + ".");
                return inside ? SliceIdentifier.of(name) : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "the packages of " + top;
            }
        };
    }
}

package io.sallyport.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.sallyport.architecture.House.CLASSES;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import java.time.Instant;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that hold in every room of the house. */
final class HouseRulesTest {

    @Test
    void everyPackageIsNullMarked() {
        assertThat(CLASSES.stream().map(JavaClass::getPackage).distinct())
                .allMatch(room -> room.isAnnotatedWith(NullMarked.class));
    }

    @Test
    void timeComesThroughTheConstructor() {
        nobodyCalls(System.class, "currentTimeMillis");
        nobodyCalls("Instant.now()", target -> isNamed(target, Instant.class, "now") && takesNothing(target));
    }

    @Test
    void chanceComesThroughTheConstructor() {
        nobodyCalls(Random.class, JavaConstructor.CONSTRUCTOR_NAME);
        nobodyCalls(Math.class, "random");
    }

    @Test
    void settingsDoNotComeFromTheEnvironment() {
        nobodyCalls(System.class, "getenv");
    }

    @Test
    void nobodySleeps() {
        nobodyCalls(Thread.class, "sleep");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Manager", "Helper", "Util", "Utils", "Impl"})
    void aClassIsNamedAfterTheThingItIs(String role) {
        noClasses()
                .should()
                .haveSimpleNameEndingWith(role)
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    private static void nobodyCalls(Class<?> owner, String name) {
        nobodyCalls(owner.getSimpleName() + "." + name, target -> isNamed(target, owner, name));
    }

    /** Asks for accesses, not calls: `Instant::now` is as bad as `Instant.now()`. */
    private static void nobodyCalls(String what, Predicate<AccessTarget> forbidden) {
        noClasses()
                .should()
                .accessTargetWhere(DescribedPredicate.describe(what, access -> forbidden.test(access.getTarget())))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    private static boolean isNamed(AccessTarget target, Class<?> owner, String name) {
        return target.getOwner().isEquivalentTo(owner) && target.getName().equals(name);
    }

    private static boolean takesNothing(AccessTarget target) {
        return target instanceof AccessTarget.CodeUnitAccessTarget code
                && code.getRawParameterTypes().isEmpty();
    }
}

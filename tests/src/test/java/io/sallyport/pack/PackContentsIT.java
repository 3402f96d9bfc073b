package io.sallyport.pack;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/**
 * What the one jar holds, and above all what it must not: a library at its own name in providers/ wins over the server's
 * copy, silently and for the whole server.
 */
final class PackContentsIT {

    private static final int JAVA_17 = 61;

    private final ShippedJar jar = ShippedJar.open();

    @Test
    void itHoldsOnlyOurOwnTree() {
        assertThat(jar.names()).allMatch(name -> name.matches("(io/sallyport|META-INF|theme|theme-resources)/.+"));
    }

    @Test
    void noLibraryStandsAtItsOwnName() {
        assertThat(jar.classes()).extracting(ShippedJar.Entry::name).allMatch(name -> name.startsWith("io/sallyport/"));
    }

    @Test
    void noBuilderLeavesATrace() {
        assertThat(jar.names()).noneMatch(name -> name.startsWith("META-INF/maven/"));
        assertThat(jar.entries())
                .filteredOn(entry -> !isLibrary(entry)) // whose entries keep the time of their own release
                .extracting(ShippedJar.Entry::time)
                .containsOnly(jar.entries().get(0).time());
    }

    @Test
    void everyClassRunsOnJava17() {
        assertThat(jar.classes())
                .isNotEmpty()
                .allMatch(
                        entry -> isLibrary(entry) ? entry.majorVersion() <= JAVA_17 : entry.majorVersion() == JAVA_17);
    }

    @Test
    void everyServiceFileNamesEachProviderOnce() {
        assertThat(jar.serviceFiles())
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file.providers())
                        .as(file.name())
                        .isNotEmpty()
                        .doesNotHaveDuplicates());
    }

    @Test
    void everyProviderThatIsNamedIsInTheJar() {
        assertThat(jar.serviceFiles())
                .allSatisfy(file -> assertThat(file.providers())
                        .as(file.name())
                        .allMatch(provider -> jar.names().contains(provider.replace('.', '/') + ".class")));
    }

    @Test
    void everyProviderThatIsNamedCanBeMade() {
        JavaClasses classes = new ClassFileImporter().importUrl(ShippedJar.url());

        assertThat(jar.serviceFiles())
                .allSatisfy(file -> assertThat(file.providers())
                        .as(file.name())
                        .allMatch(provider -> classes.contain(provider) && canBeMade(classes.get(provider))));
    }

    private static boolean isLibrary(ShippedJar.Entry entry) {
        return entry.name().startsWith("io/sallyport/shaded/");
    }

    /** java.util.ServiceLoader: a public class that is not abstract, with a public constructor without parameters. */
    private static boolean canBeMade(JavaClass provider) {
        return provider.getModifiers().contains(JavaModifier.PUBLIC)
                && !provider.getModifiers().contains(JavaModifier.ABSTRACT)
                && provider.tryGetConstructor()
                        .filter(constructor -> constructor.getModifiers().contains(JavaModifier.PUBLIC))
                        .isPresent();
    }
}

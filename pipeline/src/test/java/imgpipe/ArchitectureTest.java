package imgpipe;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The arrows between packages, and the fences around what only some may use. The README draws the
 * same map.
 */
class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("imgpipe");

    private static final Set<String> PACKAGES =
            Set.of(
                    "shard",
                    "image",
                    "resample",
                    "codec",
                    "codec.ffm",
                    "paint",
                    "operation",
                    "engine",
                    "protocol",
                    "pipe",
                    "worker",
                    "transfer",
                    "transfer.store",
                    "transfer.http",
                    "transfer.s3",
                    "transfer.archive",
                    "listing",
                    "ledger",
                    "dispatch",
                    "dispatch.process",
                    "dispatch.process.confine",
                    "dispatch.local",
                    "report",
                    "job",
                    "bench",
                    "verify",
                    "cli");

    @Test
    void seesTheWholeProgram() {
        assertThat(CLASSES.size()).isGreaterThan(150);
        assertThat(CLASSES.stream().map(type -> shortName(type.getPackageName())).distinct())
                .containsExactlyInAnyOrderElementsOf(PACKAGES);
    }

    private static String shortName(String packageName) {
        return packageName.substring("imgpipe.".length());
    }

    @ParameterizedTest
    @CsvSource({
        "shard,            ''",
        "image,            ''",
        "pipe,             ''",
        "resample,         image",
        "paint,            image",
        "codec,            image codec.ffm",
        "codec.ffm,        image codec",
        "operation,        image resample",
        "protocol,         shard",
        "engine,           shard image operation resample codec paint",
        "worker,           shard engine protocol pipe",
        "transfer,         shard transfer.store",
        "transfer.store,   ''",
        "transfer.http,    transfer.store",
        "transfer.s3,      transfer.store",
        "transfer.archive, shard transfer transfer.store listing",
        "listing,          transfer.store",
        "ledger,           shard",
        "dispatch,         shard",
        "dispatch.process, shard dispatch dispatch.process.confine protocol pipe",
        "dispatch.process.confine, ''",
        "dispatch.local,   shard dispatch engine",
        "report,           shard job dispatch transfer.store",
        "job,              shard image operation transfer ledger dispatch dispatch.process"
                + " dispatch.process.confine dispatch.local listing transfer.store"
                + " transfer.http transfer.s3 transfer.archive",
        "bench,            shard dispatch engine job report",
        "verify,           shard dispatch ledger job",
        "cli,              job bench verify report dispatch dispatch.process.confine ledger"
                + " transfer.store shard image operation resample codec codec.ffm"
    })
    void knowsNoMoreThanItMay(String who, String whom) {
        List<String> allowed = new ArrayList<>(List.of("imgpipe." + who));
        for (String name : whom.split(" ")) {
            allowed.add("imgpipe." + name);
        }
        noClasses()
                .that()
                .resideInAPackage("imgpipe." + who)
                .should()
                .dependOnClassesThat(
                        new DescribedPredicate<>(
                                "are in other packages of imgpipe than " + allowed) {
                            @Override
                            public boolean test(JavaClass type) {
                                return type.getPackageName().startsWith("imgpipe.")
                                        && !allowed.contains(type.getPackageName());
                            }
                        })
                .check(CLASSES);
    }

    @Test
    void hasOneClassThatWiresTheRunners() {
        noClasses()
                .that()
                .resideInAPackage("imgpipe.job")
                .and()
                .doNotHaveSimpleName("Runners")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("imgpipe.dispatch.process..", "imgpipe.dispatch.local")
                .check(CLASSES);
    }

    @Test
    void hasOneClassThatOpensStores() {
        noClasses()
                .that()
                .resideInAPackage("imgpipe.job")
                .and()
                .doNotHaveSimpleName("Stores")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "imgpipe.transfer.http", "imgpipe.transfer.s3", "imgpipe.transfer.archive")
                .check(CLASSES);
    }

    @ParameterizedTest
    @CsvSource({
        "javax.imageio..,           codec paint",
        "com.twelvemonkeys..,       codec paint",
        "com.luciad..,              codec",
        "java.awt..,                codec paint",
        "jdk.incubator.vector..,    resample",
        "org.apache.commons.cli..,  cli",
        "de.siegmar.fastcsv..,      listing",
        "org.apache.commons.compress.., transfer.archive",
        "ch.qos.logback..,          cli",
        "sun.misc..,                cli worker",
        "org.apache.hc..,           transfer.http transfer.s3",
        "software.amazon..,         transfer.s3"
    })
    void keepsBehindItsFence(String what, String whom) {
        String[] allowed = whom.split(" ");
        for (int i = 0; i < allowed.length; i++) {
            allowed[i] = "imgpipe." + allowed[i];
        }
        noClasses()
                .that()
                .resideOutsideOfPackages(allowed)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(what)
                .check(CLASSES);
    }

    @Test
    void callsNativeCodeFromTwoPlaces() {
        noClasses()
                .that()
                .resideOutsideOfPackages("imgpipe.codec.ffm", "imgpipe.dispatch.process.confine")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.foreign.Linker")
                .check(CLASSES);
    }

    @Test
    void printsFromTheCommandLineOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("imgpipe.cli")
                .should()
                .accessFieldWhere(
                        DescribedPredicate.describe(
                                "is System.out or System.err",
                                access -> {
                                    JavaField field =
                                            access.getTarget().resolveMember().orElse(null);
                                    return field != null
                                            && field.getOwner()
                                                    .getFullName()
                                                    .equals("java.lang.System")
                                            && !field.getName().equals("in");
                                }))
                .check(CLASSES);
    }

    @Test
    void saysWhatEachPackageIsFor() {
        for (String name : PACKAGES) {
            assertThat(
                            CLASSES.stream()
                                    .filter(type -> type.getPackageName().equals("imgpipe." + name))
                                    .anyMatch(type -> type.getSimpleName().equals("package-info")))
                    .as("package-info.java of %s", name)
                    .isTrue();
        }
    }
}

package org.mailsonar;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailsonar.time.Pause;

/** The rules between packages, which point downward only. */
class ArchitectureTest {

    private static final String ROOT = "org.mailsonar";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void the_class_files_of_this_java_version_are_read() {
        JavaClass reflector = CLASSES.get("org.mailsonar.reflect.Reflector");

        assertThat(reflector.getDirectDependenciesFromSelf())
                .anyMatch(dependency ->
                        dependency.getTargetClass().getPackageName().equals("org.mailsonar.relay"));
    }

    @ParameterizedTest
    @CsvSource({
        "time,     ''",
        "message,  ''",
        "files,    ''",
        "net,      ''",
        "program,  message",
        "probe.signature, ''",
        "probe,    message",
        "intake,   check message files net",
        "relay,    message files net program",
        "check,    message files net program",
        "site,     check relay intake probe message files",
        "reflect,  intake relay probe message",
        "roundtrip,intake relay probe message",
        "verdict,  roundtrip check site message probe",
        "notify,   verdict roundtrip message relay program",
        "report,   verdict roundtrip check site intake relay message",
        "web,      report verdict roundtrip",
        "store,    roundtrip check site verdict notify probe message",
        "schedule, roundtrip check site verdict notify report intake relay message"
    })
    void a_package_sees_only_those_below_it(String name, String below) {
        String[] seen = Arrays.stream((name + " time " + below).strip().split(" ", -1))
                .map(ArchitectureTest::inside)
                .toArray(String[]::new);
        check(classes()
                .that()
                .resideInAPackage(inside(name))
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage(ROOT + "..").or(resideInAnyPackage(seen))));
    }

    @Test
    void nobody_sees_the_command_line_and_only_it_sees_the_configuration() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(inside("cli"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(inside("cli")));
        check(noClasses()
                .that()
                .resideOutsideOfPackages(inside("cli"), inside("config"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(inside("config")));
    }

    @Test
    void only_the_probe_sees_how_signatures_are_checked() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(inside("probe"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(inside("probe.signature")));
    }

    @Test
    void a_signature_is_checked_without_javas_cryptography() {
        check(noClasses()
                .that()
                .resideInAPackage(inside("probe.signature"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.security..", "javax.crypto.."));
    }

    @Test
    void there_is_no_cycle_between_packages() {
        check(slices().matching(ROOT + ".(*)..").should().beFreeOfCycles());
    }

    @ParameterizedTest
    @CsvSource({
        "intake,   org.apache.james.. io.netty..",
        "intake.mailbox, jakarta.mail.. org.eclipse.angus..",
        "cli,      org.apache.commons.cli..",
        "store,    org.jdbi.. com.zaxxer.. org.flywaydb.. org.sqlite.. org.postgresql..",
        "config,   org.snakeyaml..",
        "reflect,  com.github.benmanes.caffeine..",
        "report,   io.micrometer.. io.prometheus.. gg.jte..",
        "check,    com.unboundid..",
        "check.host, oshi.. com.sun.jna..",
        "web,      com.sun.net.httpserver.."
    })
    void a_library_stays_in_its_package(String name, String libraries) {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(inside(name))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries.split(" ", -1)));
    }

    @Test
    void json_is_written_and_read_where_it_goes_out_and_comes_in() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(
                        inside("cli"),
                        inside("intake.mailbox"),
                        inside("roundtrip.evidence"),
                        inside("notify"),
                        inside("check.host"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml.jackson.."));
    }

    @Test
    void a_reader_of_evidence_sees_messages_alone() {
        check(classes()
                .that()
                .resideInAPackage(inside("roundtrip.evidence"))
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage(ROOT + "..")
                        .or(resideInAnyPackage(
                                inside("roundtrip.evidence"), inside("message"), inside("probe"), inside("time")))));
    }

    @Test
    void what_the_pipe_program_runs_loads_no_logging() {
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        inside("files"),
                        inside("message"),
                        inside("net"),
                        inside("probe"),
                        inside("program"),
                        inside("reflect"),
                        inside("relay"),
                        inside("time"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.logging..", "org.slf4j.."));
    }

    /** It would load the library with each mail, for a memory that ends with the mail. */
    @Test
    void only_the_resident_reflectors_guard_sees_the_cache() {
        check(noClasses()
                .that()
                .doNotHaveFullyQualifiedName("org.mailsonar.reflect.ResidentReplayGuard")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.github.benmanes.caffeine.."));
    }

    @Test
    void there_is_one_way_to_log() {
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..", "org.apache.commons.logging.."));
    }

    @Test
    void only_the_command_line_speaks_and_exits() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(inside("cli"))
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class));
    }

    @Test
    void time_is_injected_and_nothing_sleeps() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(inside("time"), inside("cli"))
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis"));
        check(noClasses()
                .that()
                .doNotHaveFullyQualifiedName("org.mailsonar.time.Pause")
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", long.class, int.class)
                .orShould()
                .callMethod(Thread.class, "sleep", Duration.class));
        // What nobody else tells us has to be asked for again; all else is waited for where it happens.
        check(noClasses()
                .that()
                .haveNameNotMatching(
                        ".*\\.(store\\.MigrationLock|site\\.PathAttempt|check\\.host\\.Machine|cli\\.ProbeCommand)")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Pause.class));
    }

    @Test
    void every_package_says_what_it_is_for_and_is_null_marked() {
        List<String> unmarked = CLASSES.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(found -> !found.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .toList();

        assertThat(unmarked)
                .as("packages without a package-info that is @NullMarked")
                .isEmpty();
    }

    private static String inside(String name) {
        return ROOT + "." + name + "..";
    }

    private static void check(ArchRule rule) {
        EvaluationResult result = rule.allowEmptyShould(true).evaluate(CLASSES);

        assertThat(result.getFailureReport().getDetails())
                .as(rule.getDescription())
                .isEmpty();
    }
}

package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailsonar.lab.NeedsMailSite;

/**
 * A real site of seven machines in which one thing after the other breaks, and {@code mailsonar paths} says whose fault it is. Here a selection
 * runs; the whole table, which takes an hour, is run and printed with {@code -Dit.test=RealFaultsIT -Dmailsonar.faults=singles}, or
 * {@code pairs}, or {@code all}.
 */
@NeedsMailSite
class RealFaultsIT {

    /** Of each kind of machine and each kind of fault, as far as they are quick. */
    private static final Set<String> SELECTION = Set.of(
            "mta1 stopped",
            "mta1 disk full, 452",
            "mta2 refuses one recipient",
            "mta2 slow, each answer 900 ms later",
            "mmp1 certificate has expired",
            "mmp2 refuses logins",
            "mmp2 off, nothing answers",
            "store1 refuses logins",
            "store2 mail directory is gone",
            "ldap1 stopped");

    @TempDir
    private static Path directory;

    private static RealSite site;

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException {
        site = RealSite.start(directory);
    }

    @AfterAll
    static void stop() {
        if (site != null) {
            site.close();
        }
    }

    static List<RealFault> selection() {
        return RealFaults.singles().stream()
                .filter(fault -> SELECTION.contains(fault.name()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("selection")
    void the_machine_at_fault_is_named_first(RealFault fault) throws Exception {
        FaultFound found = site.find(fault);

        assertThat(found.namesFirst(fault.right())).as(found.toString()).isTrue();
        assertThat(found.isCertainOfAnother(fault.right())).as(found.toString()).isFalse();
        assertThat(site.recovers()).as("well again after: " + fault.name()).isTrue();
    }

    @Test
    void the_selection_is_of_faults_that_there_are() {
        assertThat(selection()).hasSize(SELECTION.size());
    }

    @Test
    @EnabledIfSystemProperty(named = "mailsonar.faults", matches = "singles|all")
    void of_all_single_faults_nearly_all_are_named_first_and_nobody_is_accused_wrongly() throws Exception {
        RealFaultsTable.Totals totals = RealFaultsTable.run(directory, "single faults", RealFaults.singles());
        assertThat(totals.percent()).isGreaterThanOrEqualTo(95);
        assertThat(totals.certainOfAnother()).isZero();
    }

    @Test
    @EnabledIfSystemProperty(named = "mailsonar.faults", matches = "pairs|all")
    void of_pairs_nobody_is_accused_wrongly() throws Exception {
        RealFaultsTable.Totals totals = RealFaultsTable.run(directory, "pairs of faults", RealFaults.pairs());
        assertThat(totals.certainOfAnother()).isZero();
    }
}

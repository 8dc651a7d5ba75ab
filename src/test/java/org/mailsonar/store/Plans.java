package org.mailsonar.store;

import java.util.List;
import java.util.stream.Stream;

/** The frequent questions with values in them, so that a database can be asked how it would answer. */
final class Plans {

    private Plans() {}

    static List<String> frequent() {
        return Stream.of(
                        LedgerSql.FIND,
                        LedgerSql.OVERDUE_OWN,
                        LedgerSql.OVERDUE_OTHERS,
                        LedgerSql.TURNED_SLOW,
                        LedgerSql.NEWEST,
                        LedgerSql.PAGE,
                        LedgerSql.NEWEST_BY_TARGET,
                        LedgerSql.PAPERS,
                        AgendaSql.CLAIM,
                        AgendaSql.RETRY,
                        SituationsSql.STANDINGS,
                        SituationsSql.OF,
                        SituationsSql.NEXT_PAGE,
                        SituationsSql.CHANGES,
                        OutboxSql.UNANNOUNCED,
                        OutboxSql.CLAIM,
                        OutboxSql.WAITING,
                        OutboxSql.LAST_TOLD,
                        TidySql.OLD_PROBES,
                        CheckSql.NEWEST,
                        CheckSql.PAGE,
                        CheckSql.RUNS_PAGE)
                .map(Plans::withValues)
                .toList();
    }

    private static String withValues(String sql) {
        return sql.replace("{SKIP}", "")
                .replaceAll(":(now|until|sent|since|sentBefore|due|seen|latest|most|upTo|at|number)\\b", "7")
                .replaceAll(":[a-zA-Z]+", "'x'");
    }
}

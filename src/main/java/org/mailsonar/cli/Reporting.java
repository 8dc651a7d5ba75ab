package org.mailsonar.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mailsonar.config.MonitorConfig;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.Envelope;
import org.mailsonar.message.OneLine;
import org.mailsonar.relay.OutgoingMail;
import org.mailsonar.relay.Relay;
import org.mailsonar.relay.Transmission;
import org.mailsonar.report.daily.DailyReport;
import org.mailsonar.report.daily.ReportMail;
import org.mailsonar.report.daily.ReportMaker;
import org.mailsonar.report.daily.ReportSettings;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.roundtrip.Targets;
import org.mailsonar.schedule.DailyMail;
import org.mailsonar.store.Store;
import org.mailsonar.time.TimeSource;

/** Where reports get their objects from. */
final class Reporting {

    private Reporting() {}

    /** Who makes reports of what a store holds. */
    static ReportMaker maker(MonitorConfig config, List<Target> targets, Store store) {
        ReportMaker.Books books = new ReportMaker.Books(
                store.archive(), store.situations(), store.attendance(), store.checks(), store.paths());
        return new ReportMaker(books, targets, config.settings().vantage(), TimeSource.system());
    }

    /** A report as letters, one to each, by the monitor's submission host. */
    static List<DailyMail.Letter> letters(MonitorConfig config, ReportSettings settings, DailyReport report) {
        OutgoingMail mail = ReportMail.compose(
                report,
                settings,
                config.settings().from(),
                TimeSource.system().now().wall());
        List<DailyMail.Letter> letters = new ArrayList<>();
        for (EmailAddress to : mail.envelope().recipients()) {
            Envelope envelope = Envelope.to(mail.envelope().sender(), to);
            letters.add(new DailyMail.Letter(
                    to.toString(), () -> send(config, new OutgoingMail(envelope, mail.content()))));
        }
        return letters;
    }

    private static Transmission send(MonitorConfig config, OutgoingMail mail) {
        try (Relay relay = config.submission().forOneMessage().open()) {
            return switch (relay.send(mail)) {
                case Transmission.Accepted taken -> taken;
                case Transmission.Refused(String text) -> new Transmission.Refused(notTaken(relay, text));
                case Transmission.Deferred(String text, boolean answered) ->
                    new Transmission.Deferred(notTaken(relay, text), answered);
            };
        }
    }

    private static String notTaken(Relay relay, String text) {
        return OneLine.printable(relay.describe() + " did not take the report: " + text);
    }

    /**
     * The daily report by mail; nothing where none is configured.
     *
     * @param targets those that are in force
     * @param monitor who sends it, among all monitors
     */
    static Optional<DailyMail> daily(
            MonitorConfig config, Targets targets, String monitor, Store store, Consumer<String> log) {
        ReportSettings settings = config.report();
        if (settings == null || settings.at() == null) {
            return Optional.empty();
        }
        DailyMail.Work work = new DailyMail.Work(
                settings::duty,
                day -> letters(
                        config, settings, maker(config, targets.all(), store).make(day)));
        return Optional.of(
                new DailyMail(settings.at(), settings.zone(), monitor, store.duties(), TimeSource.system(), work, log));
    }
}

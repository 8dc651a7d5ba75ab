package org.mailsonar.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.logging.log4j.Logger;
import org.mailsonar.config.MonitorConfig;
import org.mailsonar.intake.LoggedHandler;
import org.mailsonar.intake.MailHandler;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.roundtrip.Flights;
import org.mailsonar.roundtrip.ReturnDesk;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.roundtrip.Targets;
import org.mailsonar.time.TimeSource;

/** Where a monitor's returns come in: at home, and in the mailboxes of sites without a reflector. */
final class Inboxes implements AutoCloseable {

    private final MonitorConfig config;
    private final Flights flights;
    private final ReturnDesk desk;
    private final Predicate<EmailAddress> isOurs;
    private final Logger log;
    private final Places home = new Places();

    /** Trouble with one of them is that site's, and blinds nobody. */
    private final Places sites = new Places();

    /** None is open yet. */
    Inboxes(MonitorConfig config, Flights flights, ReturnDesk desk, Logger log) {
        this.config = config;
        this.flights = flights;
        this.desk = desk;
        this.isOurs = config.settings()::receivesAt; // one object for ever, since places are compared by what they have
        this.log = log;
    }

    /** Opens every place that the configuration names; where one cannot be had, none. */
    void open(Targets targets) {
        home.prepare(homePlaces(), () -> {}).commit();
        prepare(targets).commit();
    }

    /** Opens the places of one target that can be had; gives what stands in the way of the others. */
    List<String> openWherePossible(Target target) {
        List<String> obstacles = new ArrayList<>();
        List<Place> possible = new ArrayList<>();
        prepare(new Targets(List.of(target))).commit();
        for (Place place : homePlaces()) {
            possible.add(place);
            try {
                home.prepare(possible, () -> {}).commit();
            } catch (RuntimeException taken) {
                possible.removeLast();
                obstacles.add(String.valueOf(taken.getMessage()));
            }
        }
        return obstacles;
    }

    /**
     * Opens the mailboxes of these targets that are not open yet.
     *
     * @return closes those that are not wanted any more, when all else is ready
     * @throws RuntimeException when one cannot be had; then all is as before
     */
    Places.Change prepare(Targets targets) {
        return sites.prepare(
                MonitorWiring.mailboxPlaces(targets, flights, address -> logged(desk.atMailboxOf(address))), () -> {});
    }

    private List<Place> homePlaces() {
        return MonitorWiring.returnPlaces(config, flights, logged(desk), isOurs);
    }

    private MailHandler logged(ReturnDesk handler) {
        return new LoggedHandler(handler, new MessageLog(log), TimeSource.system());
    }

    /** What keeps returns from coming in at home, one line each. */
    List<String> troubles() {
        return home.troubles();
    }

    @Override
    public void close() {
        try (home) {
            sites.close();
        }
    }
}

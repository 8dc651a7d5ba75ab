package org.mailsonar.verdict.fault;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.mailsonar.intake.mailbox.MailboxLogin;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.relay.RelaySettings;
import org.mailsonar.relay.SmtpSettings;
import org.mailsonar.site.Access;
import org.mailsonar.site.Directory;
import org.mailsonar.site.Mta;
import org.mailsonar.site.Proxy;
import org.mailsonar.site.Site;
import org.mailsonar.site.SiteTimings;
import org.mailsonar.site.Store;

/** Sites to find faults in; nothing of them is ever connected to. */
final class Sites {

    private Sites() {}

    /** So many machines of each kind, named mta1, mmp1, store1, ldap1 and so on, each of which reaches each. */
    static Site of(int mtas, int proxies, int stores, int directories) {
        List<String> storeNames = names("store", stores);
        List<String> directoryNames = names("ldap", directories);
        return new Site(
                "company",
                EmailAddress.parse("probe@monitor.test"),
                names("mta", mtas).stream()
                        .map(name -> new Mta(name, smtp(name), List.of(), storeNames, directoryNames))
                        .toList(),
                names("mmp", proxies).stream()
                        .map(name -> new Proxy(
                                name, new Access("imaps://" + name + ".test", null), storeNames, directoryNames))
                        .toList(),
                storeNames.stream()
                        .map(name -> new Store(
                                name,
                                EmailAddress.parse(name + "@company.test"),
                                new MailboxLogin.Password(name, "hunter2"),
                                null,
                                directoryNames))
                        .toList(),
                directoryNames.stream()
                        .map(name -> new Directory(name, "ldap://" + name + ".test"))
                        .toList(),
                new SiteTimings(
                        Duration.ofMinutes(2),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(5),
                        null));
    }

    private static SmtpSettings smtp(String name) {
        return (SmtpSettings) RelaySettings.parse("smtp://" + name + ".test", null);
    }

    private static List<String> names(String kind, int number) {
        return Stream.iterate(1, n -> n + 1).limit(number).map(n -> kind + n).toList();
    }
}

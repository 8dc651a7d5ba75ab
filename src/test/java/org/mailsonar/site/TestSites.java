package org.mailsonar.site;

import java.util.List;
import java.util.stream.Stream;
import org.mailsonar.check.Check;
import org.mailsonar.check.CheckResult;
import org.mailsonar.intake.mailbox.MailboxLogin;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.relay.RelaySettings;
import org.mailsonar.relay.SmtpSettings;

/** Sites to find faults in; nothing of them is ever connected to. */
public final class TestSites {

    private TestSites() {}

    /** So many machines of each kind, named mta1, mmp1, store1, ldap1 and so on, each of which reaches each. */
    public static Site of(int mtas, int proxies, int stores, int directories) {
        return of(mtas, proxies, stores, directories, SiteTimings.STANDARD);
    }

    /** The same with these times. */
    public static Site of(int mtas, int proxies, int stores, int directories, SiteTimings timings) {
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
                        .map(name -> new Directory(name, new Unreached(name)))
                        .toList(),
                timings);
    }

    private static SmtpSettings smtp(String name) {
        return (SmtpSettings) RelaySettings.parse("smtp://" + name + ".test", null);
    }

    private static List<String> names(String kind, int number) {
        return Stream.iterate(1, n -> n + 1).limit(number).map(n -> kind + n).toList();
    }

    /** Looks at nothing. */
    private record Unreached(String name) implements Check {
        @Override
        public CheckResult run() {
            throw new UnsupportedOperationException("nothing is connected to");
        }
    }
}

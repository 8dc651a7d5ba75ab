package org.mailsonar.intake.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailsonar.lab.DovecotLab.Service;
import org.mailsonar.lab.NeedsDovecot;
import org.mailsonar.lab.Poll;
import org.mailsonar.testing.LogLines;

/** Logins by access token at a real Dovecot, which asks the token server about each. */
@NeedsDovecot
class AccessTokenIT {

    private static MailboxSite site;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException, GeneralSecurityException {
        site = MailboxSite.start(directory);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Service.class,
            names = {"IMAPS", "POP3S"})
    void a_client_secret_brings_a_token_that_is_kept(Service service) throws IOException {
        String user = site.newUser();
        site.tokens().serve(user, 3600);
        site.deliverProbe(user, "probe");
        RecordingHandler handler = RecordingHandler.accepting();
        MailboxSettings settings = site.settings(service, "", login(user, TokenServer.SECRET, null));
        try (MailboxAgent agent = MailboxSite.watch(settings, handler)) {
            handler.await(1);
            site.awaitInbox(user, List.of());
            site.dovecot().kick(user);
            site.deliverProbe(user, "probe-2");
            handler.await(2);
            assertThat(agent.describe()).contains(user);
        }
        assertThat(site.tokens().requests())
                .singleElement()
                .satisfies(form -> assertThat(form)
                        .containsEntry("grant_type", "client_credentials")
                        .containsEntry("scope", "mail"));
    }

    @Test
    void a_kept_token_that_is_refused_is_replaced_at_once() throws IOException {
        String user = site.newUser();
        site.tokens().serve(user, 3600);
        RecordingHandler handler = RecordingHandler.accepting();
        MailboxSettings settings = site.settings(Service.IMAPS, "", login(user, TokenServer.SECRET, null));
        try (LogLines log = LogLines.of("org.mailsonar.intake.mailbox");
                MailboxAgent agent = MailboxSite.watch(settings, handler)) {
            site.deliverProbe(user, "probe");
            handler.await(1);
            site.tokens().revokeAll();
            site.dovecot().kick(user);
            site.deliverProbe(user, "probe-2");
            handler.await(2);
            assertThat(log.with("login")).as(agent.describe()).isEmpty();
        }
        assertThat(site.tokens().requests()).hasSize(2);
    }

    @Test
    void an_expired_token_is_not_used_again() throws IOException {
        String user = site.newUser();
        site.tokens().serve(user, 1);
        RecordingHandler handler = RecordingHandler.accepting();
        MailboxSettings settings = site.settings(Service.POP3S, "", login(user, TokenServer.SECRET, null));
        try (MailboxAgent agent = MailboxSite.watch(settings, handler)) {
            Poll.until("more tokens", () -> site.tokens().requests().size() >= 3);
            assertThat(agent.describe()).contains(user);
        }
    }

    @Test
    void refresh_tokens_that_the_server_rotates_are_kept_in_their_file() throws IOException {
        String user = site.newUser();
        site.tokens().serve(user, 1);
        site.tokens().issue("first-refresh-token");
        Path file = Files.writeString(directory.resolve("refresh-token"), "first-refresh-token\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        RecordingHandler handler = RecordingHandler.accepting();
        site.deliverProbe(user, "probe");
        MailboxSettings settings = site.settings(Service.POP3S, "", login(user, TokenServer.SECRET, file));
        try (LogLines log = LogLines.of("org.mailsonar.intake.mailbox");
                MailboxAgent agent = MailboxSite.watch(settings, handler)) {
            handler.await(1);
            Poll.until("some rotations", () -> site.tokens().requests().size() >= 4);
            assertThat(log.with("WARN")).as(agent.describe()).isEmpty();
        }
        assertThat(site.tokens().requests())
                .allSatisfy(form -> assertThat(form).containsEntry("grant_type", "refresh_token"));
        assertThat(site.tokens().isIssued(Files.readString(file).strip())).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var left = Files.list(directory)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void a_token_server_that_refuses_is_told_without_secrets() throws IOException {
        String user = site.newUser();
        site.tokens().serve(user, 3600);
        MailboxSettings settings = site.settings(Service.IMAPS, "", login(user, "wrong-secret", null));
        try (LogLines log = LogLines.of("org.mailsonar.intake.mailbox");
                MailboxAgent agent = MailboxSite.watch(settings, RecordingHandler.accepting())) {
            Poll.until("some tries", () -> site.tokens().requests().size() >= 3);
            assertThat(log.all())
                    .singleElement()
                    .asString()
                    .startsWith("WARN " + agent.describe() + ": the token server "
                            + site.tokens().tokenUrl())
                    .contains("answers 400 invalid_client")
                    .doesNotContain("wrong-secret");
            assertThat(settings.toString()).doesNotContain("wrong-secret");
        }
    }

    private static MailboxLogin login(String user, String secret, @Nullable Path refreshTokenFile) {
        return new MailboxLogin.OAuth2(
                user, URI.create(site.tokens().tokenUrl()), TokenServer.CLIENT, secret, refreshTokenFile, "mail");
    }
}

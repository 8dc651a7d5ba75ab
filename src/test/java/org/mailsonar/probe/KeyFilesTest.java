package org.mailsonar.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.HexFormat;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFilesTest {

    private static final String PRIVATE_MODE = "rw-------";
    private static final String PUBLIC_MODE = "rw-r--r--";

    private final Path directory;

    KeyFilesTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void a_new_private_key_is_its_owners_alone() throws Exception {
        KeyFiles.generate(directory.resolve("new/keys"), "monitor");

        assertThat(mode(directory.resolve("new/keys/monitor.key"))).isEqualTo(PRIVATE_MODE);
        assertThat(mode(directory.resolve("new/keys/monitor.pub"))).isIn(PUBLIC_MODE, "rw-r-----", PRIVATE_MODE);
    }

    @Test
    void the_public_key_is_computed_from_the_private_one() throws Exception {
        for (int i = 0; i < 20; i++) {
            KeyFiles.generate(directory, "key" + i);
            KeyPair pair = KeyFiles.readPair(directory.resolve("key" + i + ".key"));

            assertThat(TrustedKey.of(pair.getPublic()))
                    .isEqualTo(KeyFiles.readPublic(directory.resolve("key" + i + ".pub")));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "302a300506032b6570032100",
                "302a300506032b65700321000200000000000000000000000000000000000000000000000000000000000000",
                "302a300506032b65700321000100000000000000000000000000000000000000000000000000000000000000",
                "302a300506032b6570032100edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "302a300506032b6570032100d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f70751",
                "302a300506032b6570032100d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a00",
                "302a300506032b656f032100d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
            })
    void bytes_that_are_no_public_key_or_prove_nothing_are_refused(String hex) throws Exception {
        Path file = directory.resolve("bad.pub");
        PemFile.write(file, "PUBLIC KEY", HexFormat.of().parseHex(hex), PRIVATE_MODE);

        assertRefused(() -> KeyFiles.readPublic(file), file, "not an Ed25519 public", "mailsonar keygen");
    }

    @ParameterizedTest
    @ValueSource(strings = {"monitor.key", "monitor.pub"})
    void an_existing_file_is_never_overwritten(String name) throws Exception {
        Path there = Files.writeString(directory.resolve(name), "precious");

        assertRefused(() -> KeyFiles.generate(directory, "monitor"), there, "is there already", "another directory");
        assertThat(there).hasContent("precious");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(there);
        }
    }

    @Test
    void a_file_in_the_place_of_the_directory_is_named() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "precious");

        assertRefused(() -> KeyFiles.generate(file, "monitor"), file, "is there already", "another directory");
    }

    @Test
    void a_missing_key_is_told_with_the_remedy() {
        Path missing = directory.resolve("monitor.key");

        assertRefused(() -> KeyFiles.readPrivate(missing), missing, "is missing", "mailsonar keygen");
        assertRefused(() -> KeyFiles.readPublic(missing), missing, "is missing", "mailsonar keygen");
    }

    @Test
    void a_directory_is_no_key() {
        assertRefused(() -> KeyFiles.readPrivate(directory), directory, "is a directory", "name the key file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rw-rw----",
                "rw--w----",
                "rw---x---",
                "rw-r-x---",
                "rw----r--",
                "rw-----w-",
                "rw-r--r--",
                "rwxrwxrwx"
            })
    void a_private_key_that_is_open_to_others_is_refused(String mode) {
        Path file = TestKeys.copy("monitor.key", directory, mode);

        assertRefused(() -> KeyFiles.readPrivate(file), file, "by others", "chmod 600 " + file);
    }

    /** Whose file it is can be chosen by root alone. */
    @Test
    void a_private_key_that_a_group_may_read_is_roots_or_refused() throws Exception {
        Path file = TestKeys.copy("monitor.key", directory, "rw-r-----");
        if (!"root".equals(Files.getOwner(file).getName())) {
            assertRefused(() -> KeyFiles.readPrivate(file), file, "by others", "chmod 600 " + file);
            return;
        }
        assertThat(KeyFiles.readPrivate(file)).isNotNull();
        Files.setOwner(
                file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        assertRefused(() -> KeyFiles.readPrivate(file), file, "by others", "chmod 600 " + file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(PRIVATE_MODE));
        assertThat(KeyFiles.readPrivate(file)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "r--------"})
    void a_private_key_of_its_owner_alone_is_read(String mode) throws Exception {
        assertThat(KeyFiles.readPrivate(TestKeys.copy("monitor.key", directory, mode)))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-rw-r--", "rw-r--rw-"})
    void a_public_key_that_others_may_change_is_refused(String mode) {
        Path file = TestKeys.copy("monitor.pub", directory, mode);

        assertRefused(() -> KeyFiles.readPublic(file), file, "may be changed by others", "chmod go-w " + file);
    }

    @Test
    void a_key_of_another_kind_is_refused() {
        Path privateKey = TestKeys.copy("rsa.key", directory, PRIVATE_MODE);
        Path publicKey = TestKeys.copy("rsa.pub", directory, PUBLIC_MODE);

        assertRefused(() -> KeyFiles.readPrivate(privateKey), privateKey, "not an Ed25519 private", "mailsonar keygen");
        assertRefused(() -> KeyFiles.readPublic(publicKey), publicKey, "not an Ed25519 public", "mailsonar keygen");
    }

    @Test
    void private_and_public_keys_do_not_stand_for_each_other() {
        Path privateKey = TestKeys.copy("monitor.key", directory, PRIVATE_MODE);
        Path publicKey = TestKeys.copy("monitor.pub", directory, PRIVATE_MODE);

        assertRefused(() -> KeyFiles.readPrivate(publicKey), publicKey, "no PRIVATE KEY", "mailsonar keygen");
        assertRefused(() -> KeyFiles.readPublic(privateKey), privateKey, "no PUBLIC KEY", "mailsonar keygen");
    }

    @Test
    void an_encrypted_key_is_told_apart() {
        Path file = TestKeys.copy("encrypted.key", directory, PRIVATE_MODE);

        assertRefused(() -> KeyFiles.readPrivate(file), file, "is encrypted", "openssl pkey -in " + file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage\u0000\u0001",
                "-----BEGIN PRIVATE KEY-----",
                "-----END PRIVATE KEY----------BEGIN PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nAA=A\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIGFi\n-----END PRIVATE KEY-----\n"
            })
    void garbage_is_refused_in_one_line(String content) throws Exception {
        Path file = Files.writeString(directory.resolve("bad.key"), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(PRIVATE_MODE));

        assertRefused(() -> KeyFiles.readPair(file), file, "");
        assertRefused(() -> KeyFiles.readPublic(file), file, "");
    }

    @Test
    void a_key_damaged_at_any_place_is_refused_or_another_key_and_never_shown() throws Exception {
        Path file = TestKeys.copy("monitor.key", directory, PRIVATE_MODE);
        String good = Files.readString(file);
        for (int i = 0; i < good.length(); i++) {
            Files.writeString(file, good.substring(0, i) + '*' + good.substring(i + 1));
            if (good.charAt(i) != '\n') {
                assertRefused(() -> KeyFiles.readPair(file), file, "");
            }
        }
    }

    @Test
    void a_file_too_long_for_a_key_is_not_read() throws Exception {
        Path file = Files.write(directory.resolve("long.pub"), new byte[20_000]);

        assertRefused(() -> KeyFiles.readPublic(file), file, "too long", "mailsonar keygen");
    }

    private static void assertRefused(ThrowingCallable reading, Path file, String... says) {
        assertThatThrownBy(reading)
                .isInstanceOf(KeyFileException.class)
                .hasMessageStartingWith("key file " + file + ": ")
                .hasMessageContainingAll(says)
                .hasMessageNotContainingAny("\n", "MC4CAQAw", "BCIEI")
                .hasNoCause();
    }

    private static String mode(Path file) throws Exception {
        assertThat(Files.readString(file, US_ASCII)).startsWith("-----BEGIN ");
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}

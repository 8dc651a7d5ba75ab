package org.mailsonar.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority made on the spot with the JDK's keytool, and servers that it vouches for. */
public final class TestCertificates {

    private static final String PASSWORD = "only-for-tests";

    private final Path directory;
    private final String name;

    private TestCertificates(Path directory, String name) {
        this.directory = directory;
        this.name = name;
    }

    /** Makes an authority; its files go into the directory. */
    public static TestCertificates authority(Path directory, String name) throws IOException {
        TestCertificates authority = new TestCertificates(directory, name);
        authority.keytool("-genkeypair", "-alias", "ca", "-dname", "CN=" + name, "-ext", "bc:c");
        return authority;
    }

    /** A server whose certificate names these: {@code dns:localhost,ip:127.0.0.1}. */
    public SSLContext server(String alias, String names) throws IOException, GeneralSecurityException {
        return server(alias, names, "-0d");
    }

    /** A server whose certificate has expired. */
    public SSLContext expiredServer(String alias, String names) throws IOException, GeneralSecurityException {
        return server(alias, names, "-200d");
    }

    /** A server whose certificate ends in a day. */
    public SSLContext endingServer(String alias, String names) throws IOException, GeneralSecurityException {
        return server(alias, names, "-1d");
    }

    /** A server whose certificate is not valid before ten days from now. */
    public SSLContext futureServer(String alias, String names) throws IOException, GeneralSecurityException {
        return server(alias, names, "+10d");
    }

    /** A server whose certificate names it the old way only, by its common name. */
    public SSLContext serverByCommonName(String commonName) throws IOException, GeneralSecurityException {
        keytool("-genkeypair", "-signer", "ca", "-alias", commonName, "-dname", "CN=" + commonName);
        return context(commonName);
    }

    /** A server whose certificate nobody else vouches for. */
    public SSLContext selfSignedServer(String alias, String names) throws IOException, GeneralSecurityException {
        keytool("-genkeypair", "-alias", alias, "-dname", "CN=" + alias, "-ext", "san=" + names);
        return context(alias);
    }

    /** A certificate is valid for two days from its start. */
    private SSLContext server(String alias, String names, String start) throws IOException, GeneralSecurityException {
        keytool(
                "-genkeypair",
                "-signer",
                "ca",
                "-startdate",
                start,
                "-alias",
                alias,
                "-dname",
                "CN=" + alias,
                "-ext",
                "san=" + names);
        return context(alias);
    }

    private SSLContext context(String alias) throws IOException, GeneralSecurityException {
        KeyStore one = KeyStore.getInstance("PKCS12");
        one.load(null, null);
        KeyStore all = store();
        char[] password = PASSWORD.toCharArray();
        one.setKeyEntry(alias, all.getKey(alias, password), password, all.getCertificateChain(alias));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(one, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** A client that trusts this authority alone. */
    public SSLContext client() throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", store().getCertificate("ca"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** A server as above, in PEM: its certificate and the authority's in one file, its key (mode 0600) in the other. */
    public void writePem(String alias, String names, Path certificate, Path key)
            throws IOException, GeneralSecurityException {
        var _ = server(alias, names);
        KeyStore all = store();
        StringBuilder chain = new StringBuilder();
        for (Certificate one : all.getCertificateChain(alias)) {
            chain.append(pem("CERTIFICATE", one.getEncoded()));
        }
        Files.writeString(certificate, chain);
        Files.writeString(key, "");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(
                key,
                pem("PRIVATE KEY", all.getKey(alias, PASSWORD.toCharArray()).getEncoded()));
    }

    /** A server's key and certificates in PEM, in one file that only its owner may read. */
    public Path serverFile(String alias, String names) throws IOException, GeneralSecurityException {
        server(alias, names);
        return serverFile(alias);
    }

    private Path serverFile(String alias) throws IOException, GeneralSecurityException {
        KeyStore all = store();
        StringBuilder text = new StringBuilder(
                pem("PRIVATE KEY", all.getKey(alias, PASSWORD.toCharArray()).getEncoded()));
        for (Certificate certificate : all.getCertificateChain(alias)) {
            text.append(pem("CERTIFICATE", certificate.getEncoded()));
        }
        Path file = Files.writeString(directory.resolve(alias + ".pem"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** The same of a server whose certificate has expired. */
    public Path expiredServerFile(String alias, String names) throws IOException, GeneralSecurityException {
        expiredServer(alias, names);
        return serverFile(alias);
    }

    /** The authority's certificate in PEM. */
    public Path caFile() throws IOException, GeneralSecurityException {
        return certificateFile("ca");
    }

    /** The certificate of this alias alone, in PEM. */
    public Path certificateFile(String alias) throws IOException, GeneralSecurityException {
        return Files.writeString(
                directory.resolve(name + (alias.equals("ca") ? "" : "-" + alias) + ".pem"),
                pem("CERTIFICATE", store().getCertificate(alias).getEncoded()));
    }

    private static String pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    private KeyStore store() throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file())) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return store;
        }
    }

    private Path file() {
        return directory.resolve(name + ".p12");
    }

    private void keytool(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", file().toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of("-keyalg", "EC", "-validity", "2", "-J-Xshare:auto", "-J-XX:TieredStopAtLevel=1"));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (keytool.waitFor() != 0) {
                throw new IOException("keytool: " + output);
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}

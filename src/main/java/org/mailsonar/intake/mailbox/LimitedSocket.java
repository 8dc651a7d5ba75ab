package org.mailsonar.intake.mailbox;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.util.WriteTimeoutSocket;

/**
 * A connection on which a server may send so many bytes for each thing that it is told, and no more. The library reads lines and answers of any length
 * into memory; this ends the connection of a server that never ends an answer. TLS is spoken above it, so what is counted is what comes over the
 * network.
 */
final class LimitedSocket extends WriteTimeoutSocket {

    private final long most;
    private final AtomicBoolean heard;
    private final AtomicLong received = new AtomicLong();

    private LimitedSocket(Socket socket, Duration writeTimeout, long most, AtomicBoolean heard) throws IOException {
        super(socket, Math.toIntExact(writeTimeout.toMillis()));
        this.most = most;
        this.heard = heard;
    }

    /**
     * Makes connections without TLS.
     *
     * @param heard becomes true when a server has sent anything
     */
    static SocketFactory factory(Duration writeTimeout, long most, AtomicBoolean heard) {
        return new Factory() {
            @Override
            public Socket createSocket() throws IOException {
                return new LimitedSocket(new Socket(), writeTimeout, most, heard);
            }
        };
    }

    /** Puts TLS on connections, from their begin or later. */
    static SSLSocketFactory tlsFactory(SSLSocketFactory tls, Duration writeTimeout, long most, AtomicBoolean heard) {
        return new TlsFactory(tls) {
            @Override
            public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
                Socket limited =
                        socket instanceof LimitedSocket ? socket : new LimitedSocket(socket, writeTimeout, most, heard);
                return tls.createSocket(limited, host, port, autoClose);
            }
        };
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = super.read(buffer, offset, length);
                if (read > 0) {
                    heard.set(true);
                }
                if (received.addAndGet(Math.max(read, 0)) > most) {
                    throw new IOException("the server sends more than " + most + " bytes at once");
                }
                return read;
            }
        };
    }

    @Override
    public synchronized OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(byte[] buffer, int offset, int length) throws IOException {
                received.set(0);
                out.write(buffer, offset, length);
            }
        };
    }

    /** The library uses no other way to make a connection than the one that is overridden. */
    private abstract static class Factory extends SocketFactory {

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }
    }

    /** Likewise. */
    private abstract static class TlsFactory extends SSLSocketFactory {

        private final SSLSocketFactory tls;

        TlsFactory(SSLSocketFactory tls) {
            this.tls = tls;
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return tls.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return tls.getSupportedCipherSuites();
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }
    }
}

package dev.weir.api.hooks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One POST over a connection of its own. Not by the JDK's client, because that one resolves the name itself: between looking at
 * an address and connecting to it a name can change, so what was looked at is what is connected to. Follows no redirect, reads
 * no more than the status line.
 */
final class Post {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int READ_MILLIS = 10_000;
    private static final int LONGEST_STATUS = 1_024;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})\\b.*", Pattern.DOTALL);

    private final boolean privateToo;

    /** @param privateToo whether addresses that are not public may be connected to */
    Post(boolean privateToo) {
        this.privateToo = privateToo;
    }

    /** The status of the answer. */
    int send(URI url, Map<String, String> headers, byte[] body) throws IOException {
        boolean secure = url.getScheme().equalsIgnoreCase("https");
        int port = url.getPort() > 0 ? url.getPort() : secure ? 443 : 80;
        String host = host(url);
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(address(host), port), CONNECT_MILLIS);
            plain.setSoTimeout(READ_MILLIS);
            if (!secure) {
                return exchange(plain, url, headers, body);
            }
            try (SSLSocket tls = (SSLSocket)
                    ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(plain, host, port, true)) {
                SSLParameters checked = tls.getSSLParameters();
                checked.setEndpointIdentificationAlgorithm("HTTPS");
                tls.setSSLParameters(checked);
                return exchange(tls, url, headers, body);
            }
        }
    }

    /** Whether the name of a URL leads, now, to an address that is not public. */
    static boolean leadsInside(URI url) throws UnknownHostException {
        return !Arrays.stream(InetAddress.getAllByName(host(url))).allMatch(PublicAddress::is);
    }

    private static String host(URI url) {
        return url.getHost().replaceAll("^\\[|]$", "");
    }

    /** Every address of the name must be public: which of them is taken is nobody's choice. */
    private InetAddress address(String host) throws IOException {
        InetAddress[] all = InetAddress.getAllByName(host);
        if (!privateToo && !Arrays.stream(all).allMatch(PublicAddress::is)) {
            throw new PrivateAddress();
        }
        return all[0];
    }

    /** The URL leads to an address that is not public. */
    static final class PrivateAddress extends IOException {
        PrivateAddress() {
            super("The URL leads to a private or loopback address, which this hook may not call");
        }
    }

    private static int exchange(Socket socket, URI url, Map<String, String> headers, byte[] body) throws IOException {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        StringBuilder head = new StringBuilder("POST " + path)
                .append(url.getRawQuery() == null ? "" : "?" + url.getRawQuery())
                .append(" HTTP/1.1\r\nHost: ")
                .append(url.getRawAuthority())
                .append("\r\nConnection: close\r\nContent-Length: ")
                .append(body.length)
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        OutputStream out = socket.getOutputStream();
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
        InputStream in = socket.getInputStream();
        byte[] status = new byte[LONGEST_STATUS];
        int size = 0;
        for (int b = in.read(); b >= 0 && b != '\n' && size < status.length; b = in.read()) {
            status[size++] = (byte) b;
        }
        Matcher matcher = STATUS.matcher(new String(status, 0, size, StandardCharsets.ISO_8859_1).strip());
        if (!matcher.matches()) {
            throw new IOException("The answer is not HTTP");
        }
        return Integer.parseInt(matcher.group(1));
    }
}

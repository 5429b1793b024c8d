package dev.weir.embedded;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.WriteTxnMarkersRequest;
import org.apache.kafka.common.requests.WriteTxnMarkersResponse;

/** Asks a broker on loopback what brokers ask each other, and no client does. */
final class BrokerRequest {
    private static final String CLIENT = "weir";
    private static final int MOST_MILLIS = 30_000;

    private BrokerRequest() {}

    static WriteTxnMarkersResponse ask(int port, WriteTxnMarkersRequest.Builder builder) throws IOException {
        short version = ApiKeys.WRITE_TXN_MARKERS.latestVersion();
        return (WriteTxnMarkersResponse) ask(port, builder.build(version));
    }

    static AbstractResponse ask(int port, AbstractRequest request) throws IOException {
        RequestHeader header = new RequestHeader(request.apiKey(), request.version(), CLIENT, 1);
        ByteBuffer bytes = request.serializeWithHeader(header);
        try (Socket socket = new Socket(Loopback.HOST, port)) {
            socket.setSoTimeout(MOST_MILLIS);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(bytes.remaining());
            out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] answer = new byte[in.readInt()];
            in.readFully(answer);
            return AbstractResponse.parseResponse(ByteBuffer.wrap(answer), header);
        }
    }
}

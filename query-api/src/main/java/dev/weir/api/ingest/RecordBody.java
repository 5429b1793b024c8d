package dev.weir.api.ingest;

import dev.weir.api.http.Problem;
import dev.weir.registry.OwnRecord;
import dev.weir.schemas.RunKey;
import dev.weir.schemas.RunRecord;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;

/**
 * A posted body of whole {@code RunRecord}s, each its length in four bytes and then Avro binary: what the command would bring
 * to Kafka itself, with its own sources, numbers, markers and heartbeats, where it can only reach the server.
 */
final class RecordBody {
    static final String MEDIA_TYPE = "application/vnd.weir.records";

    private static final int LARGEST = 4 << 20;

    private RecordBody() {}

    /** All of it is looked at before any of it is sent. */
    static List<CompletableFuture<Void>> publish(InputStream body, RunKey run, Publisher publisher) throws IOException {
        List<RunRecord> records = read(body.readAllBytes());
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        records.forEach(record -> sent.add(publisher.send(run, record)));
        return sent;
    }

    private static List<RunRecord> read(byte[] body) throws IOException {
        SpecificDatumReader<RunRecord> reader =
                new SpecificDatumReader<>(RunRecord.getClassSchema(), RunRecord.getClassSchema(), OwnRecord.data());
        List<RunRecord> records = new ArrayList<>();
        DataInputStream in = new DataInputStream(new java.io.ByteArrayInputStream(body));
        while (in.available() > 0) {
            int length = in.available() < Integer.BYTES ? -1 : in.readInt();
            if (length < 1 || length > LARGEST || length > in.available()) {
                throw malformed(records.size());
            }
            byte[] record = in.readNBytes(length);
            BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(record, null);
            try {
                records.add(reader.read(null, decoder));
                if (!decoder.isEnd()) {
                    throw malformed(records.size() - 1);
                }
            } catch (AvroRuntimeException | IOException | IndexOutOfBoundsException undecodable) {
                throw malformed(records.size());
            }
        }
        return records;
    }

    private static Problem malformed(int number) {
        return new Problem(
                400,
                "bad-record",
                "Record " + (number + 1) + " of the body cannot be read: send, for each, its length in four bytes and a"
                        + " RunRecord in Avro binary, without a frame");
    }
}

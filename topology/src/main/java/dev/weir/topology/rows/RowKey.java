package dev.weir.topology.rows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of the one window store: a byte for the kind, tenant/run, a zero, and what tells rows of that kind apart. The
 * kind leads so that all ledgers lie together; the tenant is part of every key, so a missed check still misses.
 */
public final class RowKey {
    public static final byte LEDGER = 'L';
    public static final byte FACTS = 'F';
    public static final byte SOURCE = 'C';
    public static final byte TALLY = 'T';
    public static final byte TOTALS = 'S';
    public static final byte TEMPLATE = 'M';
    public static final byte SLOTS = 'V';
    public static final byte BASELINE = 'B';
    /** The ledger as it was when a minute closed. */
    public static final byte CLOSED = 'A';
    /** A source beyond those a run may have. */
    public static final byte EXTRA_SOURCE = 'O';

    private static final byte[] ALL_KINDS = {
        LEDGER, FACTS, SOURCE, TALLY, TOTALS, TEMPLATE, SLOTS, BASELINE, CLOSED, EXTRA_SOURCE
    };

    private RowKey() {}

    /** Every kind of row that a run can have. */
    public static byte[] kinds() {
        return ALL_KINDS.clone();
    }

    /** Whether it is a template's own row, or that of its slots. */
    public static boolean isOfTemplate(Bytes key) {
        byte kind = key.get()[0];
        return kind == TEMPLATE || kind == SLOTS;
    }

    /** The only row of its kind. */
    public static Bytes of(byte kind, String run) {
        return Bytes.wrap(prefix(kind, run, 0));
    }

    /** A row told apart by a number: a template's id or a page's. Its order is the numbers' order. */
    public static Bytes of(byte kind, String run, int number) {
        byte[] key = prefix(kind, run, 4);
        int at = key.length - 4;
        key[at] = (byte) (number >>> 24);
        key[at + 1] = (byte) (number >>> 16);
        key[at + 2] = (byte) (number >>> 8);
        key[at + 3] = (byte) number;
        return Bytes.wrap(key);
    }

    public static Bytes of(byte kind, String run, String name) {
        byte[] suffix = name.getBytes(StandardCharsets.UTF_8);
        byte[] key = prefix(kind, run, suffix.length);
        System.arraycopy(suffix, 0, key, key.length - suffix.length, suffix.length);
        return Bytes.wrap(key);
    }

    /** Before every row of a run told apart by name. */
    public static Bytes first(byte kind, String run) {
        return of(kind, run);
    }

    /** After every row of a run told apart by name: no UTF-8 text holds this byte. */
    public static Bytes last(byte kind, String run) {
        byte[] key = prefix(kind, run, 1);
        key[key.length - 1] = (byte) 0xff;
        return Bytes.wrap(key);
    }

    /** Before every ledger of a tenant; of all tenants for an empty name. */
    public static Bytes firstLedger(String tenant) {
        return Bytes.wrap(ledgers(tenant, new byte[0]));
    }

    public static Bytes lastLedger(String tenant) {
        return Bytes.wrap(ledgers(tenant, new byte[] {(byte) 0xff}));
    }

    /** The tenant/run in a key. */
    public static String run(Bytes key) {
        byte[] bytes = key.get();
        int end = 1;
        while (bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 1, end - 1, StandardCharsets.UTF_8);
    }

    /** The number at the end of a key that has one. */
    public static int number(Bytes key) {
        byte[] bytes = key.get();
        int at = bytes.length - 4;
        return bytes[at] << 24 | (bytes[at + 1] & 0xff) << 16 | (bytes[at + 2] & 0xff) << 8 | bytes[at + 3] & 0xff;
    }

    /** The name at the end of a key that has one. */
    public static String name(Bytes key) {
        byte[] bytes = key.get();
        int start = 1;
        while (bytes[start] != 0) {
            start++;
        }
        return new String(bytes, start + 1, bytes.length - start - 1, StandardCharsets.UTF_8);
    }

    private static byte[] ledgers(String tenant, byte[] end) {
        byte[] name = tenant.isEmpty() ? new byte[0] : (tenant + "/").getBytes(StandardCharsets.UTF_8);
        byte[] key = Arrays.copyOf(new byte[] {LEDGER}, 1 + name.length + end.length);
        System.arraycopy(name, 0, key, 1, name.length);
        System.arraycopy(end, 0, key, 1 + name.length, end.length);
        return key;
    }

    private static byte[] prefix(byte kind, String run, int more) {
        byte[] name = run.getBytes(StandardCharsets.UTF_8);
        byte[] key = new byte[2 + name.length + more];
        key[0] = kind;
        System.arraycopy(name, 0, key, 1, name.length);
        return key;
    }
}

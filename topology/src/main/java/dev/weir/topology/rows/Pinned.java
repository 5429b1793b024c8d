package dev.weir.topology.rows;

import java.util.Arrays;

/** The baseline a run keeps to: the fingerprints that its job's last good run had when this one started. */
public final class Pinned {

    private final String run;
    private final long version;
    private final long[] fingerprints;

    /** @param run the good run */
    public Pinned(String run, long version, long[] fingerprints) {
        this.run = run;
        this.version = version;
        this.fingerprints = fingerprints.clone();
        Arrays.sort(this.fingerprints);
    }

    public String run() {
        return run;
    }

    public boolean has(long fingerprint) {
        return Arrays.binarySearch(fingerprints, fingerprint) >= 0;
    }

    public byte[] pack(Packer out) {
        out.start(Layout.CURRENT).text(run).number(version).number(fingerprints.length);
        for (long fingerprint : fingerprints) {
            out.fixed(fingerprint);
        }
        return out.toBytes();
    }

    public static Pinned unpack(byte[] row) {
        Unpacker in = new Unpacker(row);
        String run = in.text();
        long version = in.number();
        long[] fingerprints = new long[in.integer()];
        for (int i = 0; i < fingerprints.length; i++) {
            fingerprints[i] = in.fixed();
        }
        return new Pinned(run, version, fingerprints);
    }
}

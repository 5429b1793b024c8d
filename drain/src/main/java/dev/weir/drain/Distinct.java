package dev.weir.drain;

/** How many different values there were, give or take 9 %: a HyperLogLog of 128 registers. */
final class Distinct {
    private static final int REGISTERS = 128;

    private final byte[] registers = new byte[REGISTERS];

    void add(long hash) {
        int register = (int) hash & REGISTERS - 1;
        byte rank = (byte) (Long.numberOfLeadingZeros(hash | REGISTERS - 1) + 1);
        if (registers[register] < rank) {
            registers[register] = rank;
        }
    }

    void absorb(Distinct other) {
        for (int i = 0; i < REGISTERS; i++) {
            registers[i] = (byte) Math.max(registers[i], other.registers[i]);
        }
    }

    long estimate() {
        double sum = 0;
        int empty = 0;
        for (byte r : registers) {
            sum += Math.scalb(1.0, -r);
            empty += r == 0 ? 1 : 0;
        }
        double raw = 0.7213 / (1 + 1.079 / REGISTERS) * REGISTERS * REGISTERS / sum;
        boolean few = raw <= 2.5 * REGISTERS && empty > 0;
        return Math.round(few ? REGISTERS * Math.log((double) REGISTERS / empty) : raw);
    }

    void write(RowWriter out) {
        out.bytes(registers, 0, REGISTERS);
    }

    void read(RowReader in) {
        byte[] saved = in.bytes();
        if (saved.length != REGISTERS) {
            throw in.damaged(saved.length + " registers");
        }
        System.arraycopy(saved, 0, registers, 0, REGISTERS);
    }
}

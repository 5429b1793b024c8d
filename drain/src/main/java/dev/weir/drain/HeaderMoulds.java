package dev.weir.drain;

import dev.weir.drain.FieldsMould.Exit;
import dev.weir.drain.FieldsMould.Learnt;
import org.jspecify.annotations.Nullable;

/** The headers of the last lines: a bounded cache that decides nothing. */
final class HeaderMoulds {
    private static final int STAMPS = 4;
    private static final int FIELDS = 512;
    /** So many fields that start alike are kept. */
    private static final int WAYS = 8;

    private static final int KEYED = 16;

    private final StampMould[] stamps = new StampMould[STAMPS];
    private int last;
    private int oldest;
    private final @Nullable FieldsMould[] fields = new @Nullable FieldsMould[FIELDS];
    private final Patience forStamps = new Patience();
    private final Patience forFields = new Patience();
    private long key;
    private boolean looked;
    private final Field field;

    /** Where the part of the line ends that fitted. */
    int end;

    HeaderMoulds(Field field) {
        this.field = field;
        for (int i = 0; i < STAMPS; i++) {
            stamps[i] = new StampMould();
        }
    }

    /** The mould that the time in front of a line fits; its end is in {@link #end}. */
    @Nullable
    StampMould stamp(byte[] b, int p, int to, TimeOfDay clock, long around) {
        if (forStamps.rests()) {
            return null;
        }
        for (int k = 0; k < STAMPS; k++) {
            int i = last + k & STAMPS - 1;
            int e = stamps[i].fits(b, p, to, clock, around);
            if (e > 0) {
                forStamps.rewarded();
                last = i;
                end = e;
                return stamps[i];
            }
        }
        forStamps.disappointed();
        return null;
    }

    void remember(byte[] b, int p, int to, HeaderTime times, Level level, Origin origin) {
        if (stamps[oldest].remember(b, p, to, times, level, origin)) {
            oldest = oldest + 1 & STAMPS - 1;
        }
    }

    /** The mould that the fields behind the time fit; where the message starts is in {@link #end}. */
    @Nullable
    FieldsMould fields(byte[] b, int p, int to, Level level, boolean syslog, Learner learner, Origin origin) {
        looked = false;
        if (p < 2 || p + KEYED > to || origin.count > 0) {
            return null;
        }
        if (forFields.rests()) {
            return null;
        }
        looked = true;
        key = FieldsMould.key(b, p);
        int at = place(key);
        for (int k = at; k < at + WAYS; k++) {
            FieldsMould m = fields[k];
            if (m == null) {
                break;
            }
            int message = m.fits(b, p, to, key, level, syslog, learner, field);
            if (message > 0) {
                if (k > at) {
                    fields[k] = fields[k - 1];
                    fields[k - 1] = m;
                }
                forFields.rewarded();
                end = message;
                return m;
            }
        }
        forFields.disappointed();
        return null;
    }

    /** Remembers the fields that the last look was in vain for. */
    void remember(
            byte[] b,
            int p,
            int message,
            int to,
            Level before,
            boolean syslog,
            Exit exit,
            Learnt learnt,
            Level level,
            Origin origin) {
        if (!looked || exit == Exit.OPEN) {
            return;
        }
        int at = place(key);
        int way = at;
        while (way < at + WAYS - 1 && fields[way] != null && !fields[way].empty()) {
            way++;
        }
        FieldsMould m = fields[way];
        if (m == null) {
            m = new FieldsMould();
            fields[way] = m;
        }
        m.remember(b, p, message, to, before, syslog, exit, learnt, level, origin, field);
    }

    private static int place(long key) {
        return (int) (key * Bytes.K >>> 40) & FIELDS - WAYS;
    }
}

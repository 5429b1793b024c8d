package dev.weir.drain;

/** The short English names of months and days of the week, in any case. */
final class Months {
    private Months() {}

    /** The number of the month whose short name is at {@code p}, or 0. */
    static int month(byte[] b, int p, int to) {
        switch (threeLetters(b, p, to)) {
            case 'j' << 16 | 'a' << 8 | 'n':
                return 1;
            case 'f' << 16 | 'e' << 8 | 'b':
                return 2;
            case 'm' << 16 | 'a' << 8 | 'r':
                return 3;
            case 'a' << 16 | 'p' << 8 | 'r':
                return 4;
            case 'm' << 16 | 'a' << 8 | 'y':
                return 5;
            case 'j' << 16 | 'u' << 8 | 'n':
                return 6;
            case 'j' << 16 | 'u' << 8 | 'l':
                return 7;
            case 'a' << 16 | 'u' << 8 | 'g':
                return 8;
            case 's' << 16 | 'e' << 8 | 'p':
                return 9;
            case 'o' << 16 | 'c' << 8 | 't':
                return 10;
            case 'n' << 16 | 'o' << 8 | 'v':
                return 11;
            case 'd' << 16 | 'e' << 8 | 'c':
                return 12;
            default:
                return 0;
        }
    }

    /** Whether the short name of a day of the week is at {@code p}. */
    static boolean weekday(byte[] b, int p, int to) {
        switch (threeLetters(b, p, to)) {
            case 'm' << 16 | 'o' << 8 | 'n':
            case 't' << 16 | 'u' << 8 | 'e':
            case 'w' << 16 | 'e' << 8 | 'd':
            case 't' << 16 | 'h' << 8 | 'u':
            case 'f' << 16 | 'r' << 8 | 'i':
            case 's' << 16 | 'a' << 8 | 't':
            case 's' << 16 | 'u' << 8 | 'n':
                return true;
            default:
                return false;
        }
    }

    /** A word of three letters, folded to lower case and packed; 0 for any other. */
    private static int threeLetters(byte[] b, int p, int to) {
        if (p + 3 > to || p + 3 < to && Bytes.letter(b[p + 3])) {
            return 0;
        }
        return (b[p] | 32) << 16 | (b[p + 1] | 32) << 8 | b[p + 2] | 32;
    }
}

package dev.weir.drain;

/** Counts days from 1970 on without a calendar library. Remembers the last one: most lines are of the day of the line before. */
final class Days {
    private int year = -1;
    private int month;
    private int day;
    private long days;

    long since1970(int ofYear, int ofMonth, int ofDay) {
        if (ofDay != day || ofMonth != month || ofYear != year) {
            days = of(ofYear, ofMonth, ofDay);
            day = ofDay;
            month = ofMonth;
            year = ofYear;
        }
        return days;
    }

    /** Days since 1970 of a date in the proleptic Gregorian calendar. */
    static long of(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(y, 400);
        int ofEra = y - era * 400;
        int ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        return era * 146_097L + ofEra * 365L + ofEra / 4 - ofEra / 100 + ofYear - 719_468;
    }
}

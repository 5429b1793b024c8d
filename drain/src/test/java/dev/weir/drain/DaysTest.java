package dev.weir.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class DaysTest {
    @Test
    void countsAsTheCalendarDoes() {
        Days days = new Days();

        for (LocalDate d = LocalDate.of(1895, 12, 25); d.getYear() < 2205; d = d.plusDays(13)) {
            assertEquals(d.toEpochDay(), Days.of(d.getYear(), d.getMonthValue(), d.getDayOfMonth()), d.toString());
            assertEquals(d.toEpochDay(), days.since1970(d.getYear(), d.getMonthValue(), d.getDayOfMonth()));
            assertEquals(d.toEpochDay(), days.since1970(d.getYear(), d.getMonthValue(), d.getDayOfMonth()));
        }
        assertEquals(LocalDate.of(2000, 2, 29).toEpochDay(), Days.of(2000, 2, 29));
    }

    @Test
    void remembersADayBesideAllItConsistsOf() {
        Days days = new Days();

        assertEquals(LocalDate.of(2020, 5, 6).toEpochDay(), days.since1970(2020, 5, 6));
        assertEquals(LocalDate.of(2020, 5, 7).toEpochDay(), days.since1970(2020, 5, 7));
        assertEquals(LocalDate.of(2020, 6, 7).toEpochDay(), days.since1970(2020, 6, 7));
        assertEquals(LocalDate.of(2021, 6, 7).toEpochDay(), days.since1970(2021, 6, 7));
    }
}

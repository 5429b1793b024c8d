package dev.weir.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class FleetKeyTest {

    @Test
    void keepsAJobsRunsTogetherInTheOrderInWhichTheyBegan() {
        FleetKey early = new FleetKey("default", "a/b", 0x9000_0000L, "zz");
        FleetKey late = new FleetKey("default", "a/b", 0x1_0000_0000L, "aa");

        assertEquals("default/a%2Fb/0000000090000000/zz", early.toString());
        assertTrue(early.toString().compareTo(late.toString()) < 0);
        assertTrue(late.toString().startsWith(FleetKey.prefix("default", "a/b")));
        assertEquals(Optional.of(late), FleetKey.find(late.toString()));
    }

    @Test
    void findsNothingInAForeignKey() {
        assertTrue(FleetKey.find("default/job/1/run").isEmpty());
        assertTrue(FleetKey.find("default/job/000000000000000g/run").isEmpty());
        assertTrue(FleetKey.find("default/job/0000000000000001").isEmpty());
    }
}

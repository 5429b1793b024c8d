package dev.weir.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class BaselineKeyTest {

    @Test
    void keepsSlashesOfBranchesApartFromItsOwn() {
        BaselineKey key = new BaselineKey("default", "nightly build", "feature/ü");

        assertEquals("default/nightly+build/feature%2F%C3%BC", key.toString());
        assertEquals(Optional.of(key), BaselineKey.find(key.toString()));
        assertNotEquals(
                new BaselineKey("default", "a/b", "c").toString(), new BaselineKey("default", "a", "b/c").toString());
    }

    @Test
    void findsNothingInAForeignKey() {
        assertTrue(BaselineKey.find("default/a").isEmpty());
        assertTrue(BaselineKey.find("default/a/%zz").isEmpty());
        assertTrue(BaselineKey.find("../a/b").isEmpty());
    }
}

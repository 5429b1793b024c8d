package dev.weir.cli.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void readsEveryKindOfValue() {
        Json json = Json.parse(" {\"a\":[1,-2.5e3,true,false,null,\"x\"],\"b\":{},\"c\":[]} ");

        assertEquals(1, json.get("a").items().get(0).number());
        assertEquals(-2500.0, json.get("a").items().get(1).decimal());
        assertTrue(json.get("a").items().get(2).isTrue());
        assertTrue(json.get("a").items().get(4).isMissing());
        assertEquals("x", json.get("a").items().get(5).text());
        assertTrue(json.get("none").get("deeper").isMissing());
    }

    @Test
    void readsBackWhatItQuotes() {
        String text = "\"\\/\n\t\u0000\u001b\u007fé\u2028 \ud83d\ude00";

        assertEquals(text, Json.parse(Json.quoted(text)).text());
    }

    @Test
    void refusesWhatIsNotJson() {
        for (String text :
                new String[] {"", "{", "[1", "{\"a\"}", "[1 2]", "tru", "\"a", "1 2", "\"\\u12", "[".repeat(99)}) {
            assertThrows(IllegalArgumentException.class, () -> Json.parse(text), text);
        }
    }
}

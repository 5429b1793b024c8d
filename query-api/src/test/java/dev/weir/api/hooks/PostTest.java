package dev.weir.api.hooks;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostTest {
    @Test
    void looksAtTheAddressAgainWhenItCalls() {
        Post post = new Post(false);

        assertThrows(
                Post.PrivateAddress.class, () -> post.send(URI.create("http://127.0.0.1:1/"), Map.of(), new byte[0]));
    }
}

package dev.weir.cli.mask;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MaskerTest {
    private final Masker masker = new Masker(Map.of(), Map.of());

    static Stream<String> examples() throws Exception {
        try (InputStream in = Objects.requireNonNull(Rule.class.getResourceAsStream("rules.txt"))) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines().filter(line -> line.startsWith("yes ") || line.startsWith("no ")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void masksWhatTheExampleMarksAndNothingElse(String example) {
        String text = example.substring(example.indexOf(' ') + 1);
        String line = text.replace("«", "").replace("»", "");
        String wanted = text.replaceAll("«[^»]*»", "[masked:*]");

        assertEquals(wanted, masker.mask(line).replaceAll("\\[masked:[a-z-]+\\]", "[masked:*]"));
    }

    @Test
    void hasAnExampleAndACounterexampleForEveryRule() throws Exception {
        long rules = Rule.own().size();

        assertTrue(examples().filter(line -> line.startsWith("yes ")).count() >= rules);
        assertTrue(examples().filter(line -> line.startsWith("no ")).count() >= rules);
    }

    @Test
    void masksAPrivateKeyUpToItsEnd() {
        assertEquals("key -----BEGIN RSA PRIVATE KEY-----", masker.mask("key -----BEGIN RSA PRIVATE KEY-----"));
        assertEquals("[masked:private-key]", masker.mask("MIIEpAIBAAKCAQEA04up8hoqzS1"));
        assertEquals("[masked:private-key]", masker.mask("-----END RSA PRIVATE KEY-----"));
        assertEquals("after", masker.mask("after"));
        assertEquals(
                "-----BEGIN PRIVATE KEY-----[masked:private-key]-----END PRIVATE KEY-----",
                masker.mask("-----BEGIN PRIVATE KEY-----\\nMIIE\\n-----END PRIVATE KEY-----"));
        assertEquals("-----BEGIN CERTIFICATE-----", masker.mask("-----BEGIN CERTIFICATE-----"));
        assertEquals("MIIEpAIBAAKCAQEA04up8hoqzS1", masker.mask("MIIEpAIBAAKCAQEA04up8hoqzS1"));
    }

    @Test
    void masksWhatGitHubIsToldToMask() {
        assertEquals("::add-mask::[masked:add-mask]", masker.mask("::add-mask::Mona The Octocat"));
        assertEquals("hello [masked:add-mask]!", masker.mask("hello Mona The Octocat!"));
    }

    @Test
    void masksValuesOfTheEnvironmentAndRulesOfTheUsersOwn() {
        Masker own = new Masker(Map.of("ticket", "T-\\d+"), Map.of("MY_TOKEN", "päss.wort"));

        assertEquals("a [masked:MY_TOKEN] b [masked:ticket]", own.mask("a päss.wort b T-123"));
        assertEquals("pässxwort", own.mask("pässxwort"));
    }

    @Test
    void leavesEveryOtherByteOfALineAlone() {
        byte[] line = "\u00ff\u0000\u001b[31m password=hunter22\u00fe\r".getBytes(ISO_8859_1);

        byte[] masked = masker.mask(line, 0, line.length).orElseThrow();

        assertArrayEquals("\u00ff\u0000\u001b[31m password=[masked:key-value]\r".getBytes(ISO_8859_1), masked);
    }

    @Test
    void knowsSecretsByTheirVariablesNames() {
        assertTrue(Masker.isSecretName("AWS_SECRET_ACCESS_KEY"));
        assertTrue(Masker.isSecretName("npm_token"));
        assertEquals(false, Masker.isSecretName("PATH"));
    }
}

package dev.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpokenTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    q is '/[/': missing ]| --grep is '[': missing ]
                    level is 'foo+': use some of these| --level is 'foo': use some of these
                    to is 'never': use a time| --at is 'never': use a time
                    events is 'dawn': use some| --on is 'dawn': use some
                    url is 'http://10.0.0.1/': use allowPrivate| --url is 'http://10.0.0.1/': use --allow-private
                    No run 'x': see GET /v1/runs for more| No run 'x': see weir runs for more
                    n is '0': use a whole number| -n is '0': use a whole number
                    No such wake: see GET /v1/runs/{run}/queue for more| No such wake: see weir queue RUN for more
                    nothing is 'odd' here| nothing is 'odd' here
                    """)
    void saysWhatWasTypedAndNotWhatWasAsked(String said, String typed) {
        assertEquals(typed, Spoken.asTyped(said));
    }
}

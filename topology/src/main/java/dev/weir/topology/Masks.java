package dev.weir.topology;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.weir.drain.Mask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The patterns that a run asked for, on RE2: strangers write them, and no pattern may take more than linear time. What is
 * no pattern is left out, and so is what comes after the first few.
 */
final class Masks {
    private static final Logger LOG = LoggerFactory.getLogger(Masks.class);
    private static final int MOST = 32;
    private static final int LONGEST = 1_000;

    private Masks() {}

    static List<Mask> of(Map<String, String> patterns) {
        List<Mask> masks = new ArrayList<>();
        new TreeMap<>(patterns).forEach((name, pattern) -> {
            if (masks.size() < MOST && pattern.length() <= LONGEST && !name.isBlank()) {
                try {
                    masks.add(new OfPattern(name, Pattern.compile(pattern)));
                } catch (PatternSyntaxException none) {
                    LOG.warn("A run's mask is no pattern and is left out, why={}", none.getDescription());
                }
            }
        });
        return masks;
    }

    private record OfPattern(String name, Pattern pattern) implements Mask {
        @Override
        public void find(byte[] line, int from, int to, Marks marks) {
            Matcher matcher = pattern.matcher(Arrays.copyOfRange(line, from, to));
            while (matcher.find()) {
                if (matcher.end() > matcher.start()) {
                    marks.add(from + matcher.start(), from + matcher.end(), name);
                }
            }
        }
    }
}

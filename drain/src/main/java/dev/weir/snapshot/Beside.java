package dev.weir.snapshot;

import dev.weir.snapshot.Snapshot.ErrorBlock;
import dev.weir.snapshot.Snapshot.Template;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Templates beside the lines of an error: what those lines say already is not said again as long as there is more to say. */
final class Beside {
    /** Among so many of the first templates; the rest stays as it is, unread. */
    private static final int FIRST = 40;

    private final Set<String> lines = new HashSet<>();

    Beside(ErrorBlock block) {
        block.lines().forEach(line -> lines.add(plain(line)));
    }

    /** In rank order, but templates whose only line is shown come after all others; no sample that is shown. */
    List<Template> order(List<Template> ranked) {
        List<Template> head = new ArrayList<>();
        List<Template> known = new ArrayList<>();
        for (Template template : ranked.subList(0, Math.min(FIRST, ranked.size()))) {
            String text = plain(template.text());
            boolean said = template.count() == 1 && template.samples().stream().anyMatch(this::shown);
            (said ? known : head)
                    .add(template.withoutSamples(
                            sample -> shown(sample) || plain(sample).equals(text)));
        }
        head.addAll(known);
        return new AbstractList<>() {
            @Override
            public Template get(int index) {
                return index < head.size() ? head.get(index) : ranked.get(index);
            }

            @Override
            public int size() {
                return ranked.size();
            }
        };
    }

    private boolean shown(String sample) {
        return lines.contains(plain(sample));
    }

    private static String plain(String line) {
        return line.strip().replaceAll("\\s+", " ");
    }
}

package dev.weir.api.lines;

import dev.weir.api.http.Problem;
import dev.weir.api.runs.RunLookup;
import dev.weir.api.runs.TemplateId;
import dev.weir.topology.Extent;
import dev.weir.topology.RunView;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Lets lines of some templates through, or of all but some. A line reads like the template with the most constant text that
 * it matches; where levels share a text, like the one whose level it says. Most lines match none of those asked about, and
 * the others are not tried on them.
 */
final class TemplateChoice implements Predicate<String> {
    private record Shape(TemplateMatch match, int id, String level) {
        int weight() {
            return match.weight();
        }
    }

    private final List<Shape> named;
    private final List<Shape> others;
    private final boolean only;
    private final Set<Integer> not;

    TemplateChoice(RunView view, Set<Integer> only, Set<Integer> not) {
        List<Shape> all = view.templates().stream()
                .filter(template -> template.live() || only.contains(template.id()) || not.contains(template.id()))
                .map(template -> new Shape(new TemplateMatch(template.text()), template.id(), template.level()))
                .sorted(Comparator.comparingInt((Shape shape) -> -shape.weight()))
                .toList();
        this.named = all.stream()
                .filter(shape -> only.contains(shape.id()) || not.contains(shape.id()))
                .toList();
        this.others = all.stream().filter(shape -> !named.contains(shape)).toList();
        this.only = !only.isEmpty();
        this.not = not;
    }

    /** @param only ids, between commas, of the templates wanted; {@code not} of those that are not */
    static Optional<Predicate<String>> of(
            RunLookup runs, String tenant, String run, Optional<String> only, Optional<String> not) {
        if (only.isEmpty() && not.isEmpty()) {
            return Optional.empty();
        }
        RunView view = runs.find(tenant, run, Extent.all(Long.MAX_VALUE / 2).withoutSlots());
        Set<Integer> wanted = ids(view, "template", only);
        Set<Integer> unwanted = ids(view, "not", not);
        return Optional.of(new TemplateChoice(view, wanted, unwanted));
    }

    private static Set<Integer> ids(RunView view, String name, Optional<String> given) {
        if (given.isEmpty()) {
            return Set.of();
        }
        String text = given.get();
        if (!text.matches("[0-9]{1,10}(,[0-9]{1,10})*")) {
            throw Problem.badParameter(name, text, "use ids of templates with commas between them, such as 3,14");
        }
        return Arrays.stream(text.split(","))
                .map(id -> standing(view, TemplateId.parse(view.run(), id)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The template itself, or the one that it went into. */
    private static int standing(RunView view, int id) {
        RunView.Template template = TemplateId.find(view, id);
        while (template.mergedInto().isPresent()) {
            template = TemplateId.find(view, template.mergedInto().getAsInt());
        }
        return template.id();
    }

    @Override
    public boolean test(String line) {
        Shape found = null;
        for (Shape shape : named) {
            if (found != null && shape.weight() < found.weight()) {
                break;
            }
            if ((found == null || fit(line, shape) > fit(line, found))
                    && shape.match().test(line)) {
                found = shape;
            }
        }
        if (found == null || isAnothers(line, found)) {
            return !only;
        }
        return !not.contains(found.id());
    }

    private boolean isAnothers(String line, Shape found) {
        for (Shape other : others) {
            if (other.weight() < found.weight()) {
                return false;
            }
            boolean before = other.weight() > found.weight() || fit(line, other) > fit(line, found);
            if (before && other.match().test(line)) {
                return true;
            }
        }
        return false;
    }

    private static int fit(String line, Shape shape) {
        return SaidLevel.fit(line, shape.level());
    }
}

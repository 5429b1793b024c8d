package dev.weir.api.runs;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.weir.api.http.Problem;
import dev.weir.schemas.RunState;
import dev.weir.settings.Quantities;
import dev.weir.topology.RunView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What a wait waits for. */
sealed interface Until {
    Set<RunState> OVER = Set.of(RunState.COMPLETED, RunState.FAILED, RunState.CANCELLED);

    /** How the caller wrote it, which is also the reason that the answer gives. */
    String name();

    /**
     * Whether it holds.
     *
     * @param view what changed since {@code offset}, the place where the wait began
     */
    boolean holds(RunView view, long offset, long now);

    /** Milliseconds until it may hold by the clock alone. */
    default long dueIn(RunView view, long now) {
        return Long.MAX_VALUE;
    }

    record Exit(String name) implements Until {
        @Override
        public boolean holds(RunView view, long offset, long now) {
            return OVER.contains(view.life().state());
        }
    }

    record Error(String name) implements Until {
        @Override
        public boolean holds(RunView view, long offset, long now) {
            return view.templates().stream()
                    .anyMatch(template -> template.live()
                            && template.last().offset() > offset
                            && (template.level().equals("ERROR")
                                    || template.level().equals("FATAL")));
        }
    }

    record New(String name, boolean novel) implements Until {
        @Override
        public boolean holds(RunView view, long offset, long now) {
            return view.templates().stream()
                    .anyMatch(template -> template.live()
                            && template.first().offset() > offset
                            && (!novel || template.novel().orElse(false)));
        }
    }

    record Count(String name, int template, long least) implements Until {
        @Override
        public boolean holds(RunView view, long offset, long now) {
            return view.templates().stream().anyMatch(one -> one.id() == template && one.count() >= least);
        }
    }

    record Silence(String name, long millis) implements Until {
        @Override
        public boolean holds(RunView view, long offset, long now) {
            return dueIn(view, now) <= 0;
        }

        @Override
        public long dueIn(RunView view, long now) {
            return Math.max(view.life().lastLine(), view.life().firstActivity()) + millis - now;
        }
    }

    record Stall(String name) implements Until {
        @Override
        public boolean holds(RunView view, long offset, long now) {
            return view.signals().stream()
                    .anyMatch(signal -> signal.kind().equals("stall") && signal.offset() >= offset);
        }
    }

    /** A line that matches; seen by whoever reads lines, and told through {@code found}. */
    record Match(String name, Predicate<String> pattern) implements Until {
        @Override
        public boolean holds(RunView view, long offset, long now) {
            return false;
        }
    }

    static List<Until> parse(List<String> given) {
        List<Until> all = new ArrayList<>();
        for (String one : given) {
            if (one.startsWith("match:")) {
                all.add(match(one));
            } else {
                for (String part : one.split(",")) {
                    all.add(simple(part.strip()));
                }
            }
        }
        if (all.isEmpty()) {
            throw Problem.badParameter("until", "", WHAT);
        }
        if (all.size() > MOST) {
            throw Problem.badParameter("until", all.size() + " conditions", "use " + MOST + " at most");
        }
        return all;
    }

    /** Each that reads lines has a thread of its own. */
    int MOST = 16;

    int LONGEST = 512;

    String WHAT =
            "use exit, error, new, novel, match:RE2, count:TEMPLATE>=N, silence:60s, stall; several by giving it again";

    private static Until simple(String text) {
        return switch (text) {
            case "exit" -> new Exit(text);
            case "error" -> new Error(text);
            case "new" -> new New(text, false);
            case "novel" -> new New(text, true);
            case "stall" -> new Stall(text);
            default -> parameterised(text).orElseThrow(() -> Problem.badParameter("until", text, WHAT));
        };
    }

    private static Optional<Until> parameterised(String text) {
        try {
            if (text.startsWith("silence:")) {
                return Optional.of(
                        new Silence(text, Quantities.duration(text.substring(8)).toMillis()));
            }
            int least = text.indexOf(">=");
            if (text.startsWith("count:") && least > 6) {
                return Optional.of(new Count(
                        text,
                        Integer.parseUnsignedInt(text.substring(6, least)),
                        Long.parseLong(text.substring(least + 2))));
            }
            return Optional.empty();
        } catch (IllegalArgumentException | ArithmeticException unreadable) {
            return Optional.empty();
        }
    }

    private static Until match(String text) {
        if (text.length() == 6 || text.length() > LONGEST) {
            throw Problem.badParameter("until", text, "use a pattern of 1 to " + LONGEST + " characters after match:");
        }
        try {
            Pattern pattern = Pattern.compile(text.substring(6));
            return new Match(text, line -> pattern.matcher(line).find());
        } catch (PatternSyntaxException unreadable) {
            throw Problem.badParameter(
                    "until", text, "use RE2 syntax after match: (" + unreadable.getDescription() + ")");
        }
    }
}

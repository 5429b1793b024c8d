package dev.weir.snapshot;

import dev.weir.snapshot.Snapshot.ErrorBlock;
import dev.weir.snapshot.Snapshot.FirstError;
import dev.weir.snapshot.Snapshot.Mode;
import dev.weir.snapshot.Snapshot.Omitted;
import dev.weir.snapshot.Snapshot.Signal;
import dev.weir.snapshot.Snapshot.Template;
import dev.weir.snapshot.Snapshot.Total;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one snapshot may differ in from another of the same run and moment. */
final class Parts {
    Mode mode;
    Total matched;
    List<Template> templates;

    @Nullable
    FirstError firstError;

    @Nullable
    ErrorBlock errorBlock;

    List<Signal> signals;
    List<String> tail;
    List<String> lines;
    Omitted omitted;
    boolean lean;

    Parts(Snapshot of) {
        mode = of.mode();
        matched = of.matched();
        templates = of.templates();
        firstError = of.firstError();
        errorBlock = of.errorBlock();
        signals = of.signals();
        tail = of.tail();
        lines = of.lines();
        omitted = of.omitted();
        lean = of.lean();
    }

    Snapshot of(Snapshot same) {
        return new Snapshot(
                same.run(),
                same.asOf(),
                mode,
                same.cursor(),
                same.window(),
                same.accounting(),
                matched,
                templates,
                firstError,
                errorBlock,
                signals,
                tail,
                lines,
                omitted,
                same.note(),
                lean);
    }
}

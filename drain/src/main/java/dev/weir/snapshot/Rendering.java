package dev.weir.snapshot;

import dev.weir.snapshot.Snapshot.Template;

/** A way to print a snapshot. A template takes the same bytes alone as within a whole, so that a budget can be planned. */
public interface Rendering {
    Rendering JSON = new SnapshotJson();
    Rendering TEXT = new SnapshotText();
    Rendering MARKDOWN = new SnapshotMarkdown();

    String contentType();

    byte[] render(Snapshot snapshot);

    /** Bytes that this template adds to the whole, with what separates it from the next. */
    int sizeOf(Template template);
}

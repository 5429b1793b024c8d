package dev.weir.standalone;

import dev.weir.schemas.TopicSettings;
import dev.weir.settings.Settings;

/** How large the topics that grow with lines may become: partitions times retention, and a segment that is being filled. */
final class DiskBound {
    private DiskBound() {}

    static long of(Settings settings) {
        TopicSettings topics = TopicSettings.from(settings);
        return topics.partitions()
                        * (topics.lines().bytes() + 2 * topics.events().bytes())
                + topics.deadLetters().bytes();
    }
}

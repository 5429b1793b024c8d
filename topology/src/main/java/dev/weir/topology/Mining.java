package dev.weir.topology;

import dev.weir.drain.Format;
import dev.weir.drain.Miner;
import dev.weir.drain.MinerSettings;
import dev.weir.drain.Workbench;
import dev.weir.topology.rows.FactsRow;
import dev.weir.topology.rows.Ledger;
import java.util.concurrent.ThreadLocalRandom;

/** Makes the miners of runs as their facts and the settings say. Its miners share a workbench: one for each task. */
final class Mining {
    /** A miner wants some room, whatever the bounds. */
    static final int LEAST_TEMPLATES = 16;

    private static final long MODEL = 2 << 10;
    private static final long TEMPLATE = 4 << 10;
    private static final long SOURCE = 512;

    private final TopologySettings settings;
    /** Nobody who writes lines knows the seed. */
    private final MinerSettings common =
            MinerSettings.DEFAULTS.withSeed(ThreadLocalRandom.current().nextLong());

    private final Workbench workbench = new Workbench(common);

    Mining(TopologySettings settings) {
        this.settings = settings;
    }

    Miner miner(FactsRow facts, Ledger ledger) {
        int most = ledger.templateCap > 0 ? ledger.templateCap : settings.templatesPerRun();
        return new Miner(
                common.withMaxTemplates(most)
                        .withFormat(Format.named(facts.format))
                        .withMasks(Masks.of(facts.masks)),
                workbench);
    }

    /** An estimate: what the model's arrays, rows and miner take, slots above all. */
    long heapBytes(RunModel run) {
        long bytes = MODEL + SOURCE * run.sources.size() + TEMPLATE * run.templateLimit();
        for (var page : run.totals) {
            bytes += page.heapBytes();
        }
        for (var page : run.minutes) {
            bytes += page.heapBytes();
        }
        return bytes;
    }
}

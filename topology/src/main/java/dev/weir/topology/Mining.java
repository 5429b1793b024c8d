package dev.weir.topology;

import dev.weir.drain.Format;
import dev.weir.drain.Miner;
import dev.weir.drain.MinerSettings;
import dev.weir.topology.rows.FactsRow;
import dev.weir.topology.rows.Ledger;
import java.util.concurrent.ThreadLocalRandom;

/** Makes the miners of runs as their facts and the settings say. */
final class Mining {
    /** A miner wants some room, whatever the bounds. */
    static final int LEAST_TEMPLATES = 16;

    private final TopologySettings settings;

    Mining(TopologySettings settings) {
        this.settings = settings;
    }

    Miner miner(FactsRow facts, Ledger ledger) {
        int most = ledger.templateCap > 0 ? ledger.templateCap : settings.templatesPerRun();
        return new Miner(MinerSettings.DEFAULTS
                .withMaxTemplates(most)
                .withFormat(Format.named(facts.format))
                .withMasks(Masks.of(facts.masks))
                .withSeed(ThreadLocalRandom.current().nextLong()));
    }

    /** An estimate: what the model's arrays, rows and miner take. */
    long heapBytes(RunModel run) {
        long bytes = 4096;
        for (var page : run.totals) {
            bytes += page.heapBytes();
        }
        for (var page : run.minutes) {
            bytes += page.heapBytes();
        }
        return bytes + 1500L * run.templateLimit();
    }
}

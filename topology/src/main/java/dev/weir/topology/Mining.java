package dev.weir.topology;

import dev.weir.drain.Miner;
import dev.weir.drain.MinerSettings;
import dev.weir.topology.rows.FactsRow;

/** Makes the miners of runs as their facts and the settings say. */
final class Mining {
    private final TopologySettings settings;

    Mining(TopologySettings settings) {
        this.settings = settings;
    }

    Miner miner(FactsRow facts) {
        return new Miner(MinerSettings.DEFAULTS.withMaxTemplates(settings.templatesPerRun()));
    }

    /** A run whose start came before its lines gets the miner it asked for. */
    void configure(RunModel run) {
        if (run.templateLimit() == 0) {
            run.miner = miner(run.facts);
        }
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

package dev.weir.topology.rows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What RunStarted said, and the signals of the run: what changes too seldom for the ledger. Mutable, confined to one stream task. */
public final class FactsRow {

    public List<String> command = List.of();
    public @Nullable String title;
    public @Nullable String job;
    public String provider = "";
    public @Nullable String host;
    public @Nullable String user;
    public @Nullable String directory;
    public @Nullable String gitCommit;
    public @Nullable String gitBranch;
    public @Nullable String ciJob;
    public @Nullable String ciUrl;
    public Map<String, String> labels = Map.of();
    public String format = "auto";
    public Map<String, String> masks = new HashMap<>();
    public final List<Sign> signals = new ArrayList<>();
    /** When it started by the producer's own clock; 0 while unknown. */
    public long producerStart;
    /** From its start to its end by the producer's own clock, whenever either of them arrived; -1 while unknown. */
    public long durationMillis = -1;

    /** A signal: its kind, arrival, offset, template (or -1) and evidence. */
    public record Sign(String kind, long at, long offset, int template, String evidence) {}

    public byte[] pack(Packer out) {
        out.start(Layout.CURRENT).number(command.size());
        command.forEach(out::text);
        out.maybe(title).maybe(job).text(provider).maybe(host).maybe(user).maybe(directory);
        out.maybe(gitCommit).maybe(gitBranch).maybe(ciJob).maybe(ciUrl);
        out.texts(labels).text(format).texts(masks).number(signals.size());
        signals.forEach(one -> out.text(one.kind)
                .number(one.at)
                .number(one.offset)
                .signed(one.template)
                .text(one.evidence));
        out.signed(producerStart).signed(durationMillis);
        return out.toBytes();
    }

    public static FactsRow unpack(byte[] row) {
        Unpacker in = new Unpacker(row);
        FactsRow facts = new FactsRow();
        List<String> command = new ArrayList<>();
        for (int left = in.integer(); left > 0; left--) {
            command.add(in.text());
        }
        facts.command = command;
        facts.title = in.maybe();
        facts.job = in.maybe();
        facts.provider = in.text();
        facts.host = in.maybe();
        facts.user = in.maybe();
        facts.directory = in.maybe();
        facts.gitCommit = in.maybe();
        facts.gitBranch = in.maybe();
        facts.ciJob = in.maybe();
        facts.ciUrl = in.maybe();
        facts.labels = in.texts();
        facts.format = in.text();
        facts.masks = in.texts();
        for (int left = in.integer(); left > 0; left--) {
            facts.signals.add(new Sign(in.text(), in.number(), in.number(), (int) in.signed(), in.text()));
        }
        if (in.more()) {
            facts.producerStart = in.signed();
            facts.durationMillis = in.signed();
        }
        return facts;
    }
}

package dev.weir.topology;

import dev.weir.topology.rows.FactsRow;
import dev.weir.topology.rows.Ledger;
import dev.weir.topology.rows.Page;
import dev.weir.topology.rows.SourceRow;
import dev.weir.topology.rows.TemplateRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Decodes a copy of a run's rows. Does the sum that the writer will do when an idle run speaks again. */
final class RunViews {
    private final Buckets buckets;
    private final KnownTemplates known;

    RunViews(Buckets buckets, KnownTemplates known) {
        this.buckets = buckets;
        this.known = known;
    }

    /**
     * The counts of every template of a copy, as of a time.
     *
     * <p>A page of totals holds what came before a minute; tallies make up the difference to the time asked for, in
     * either direction.
     */
    static Map<Integer, Page> counts(RunCopy copy, long to) {
        Map<Integer, Page> pages = new HashMap<>();
        Map<Integer, Long> until = new HashMap<>();
        for (RunCopy.TotalsRow row : copy.totals) {
            pages.put(row.page(), Page.unpack(row.row()));
            until.put(row.page(), Page.until(row.row()));
        }
        for (RunCopy.TallyPage tally : copy.tallies()) {
            long after = until.getOrDefault(tally.number(), 0L);
            Page page = pages.computeIfAbsent(tally.number(), fresh -> new Page());
            if (tally.minute() >= after && tally.minute() < to) {
                page.add(tally.counts());
            } else if (tally.minute() >= to && tally.minute() < after) {
                page.subtract(tally.counts());
            }
        }
        return pages;
    }

    /** @param now the server's clock, which an idle run is measured by */
    RunView view(String key, int partition, RunCopy copy, Extent extent, long pending, long now) {
        Ledger ledger = copy.ledger;
        Map<Integer, Page> counts = counts(copy, extent.to());
        long left = 0;
        int leftTemplates = 0;
        List<RunView.Template> templates = new ArrayList<>();
        Map<Integer, List<RunView.Tally>> tallies = tallies(copy, extent);
        for (KnownTemplate one : templates(key, copy, now)) {
            RunView.Template template = template(one, counts, tallies, extent, now);
            if (one.row().live() && template.evicted()) {
                left += template.count();
                leftTemplates++;
            }
            if (extent.templates() && wanted(template, extent)) {
                templates.add(template);
            }
        }
        FactsRow facts = copy.facts == null ? new FactsRow() : FactsRow.unpack(copy.facts);
        int slash = key.indexOf('/');
        return new RunView(
                key.substring(0, slash),
                key.substring(slash + 1),
                new RunView.AsOf(partition, ledger.offset, ledger.time, ledger.changed, ledger.birth),
                life(ledger),
                facts(facts),
                copy.closed == null ? accounting(ledger, left, pending) : accounting(copy.closed, 0, pending),
                ledger.templates - leftTemplates,
                facts.signals.stream()
                        .map(one -> new RunView.Signal(
                                one.kind(),
                                one.at(),
                                one.offset(),
                                one.template() < 0 ? OptionalInt.empty() : OptionalInt.of(one.template()),
                                one.evidence()))
                        .toList(),
                copy.sources.entrySet().stream()
                        .map(one -> source(SourceRow.unpack(one.getKey(), one.getValue())))
                        .toList(),
                templates);
    }

    /** Decoded, as far as they are not known from the reading before; and known to the next one. */
    private Iterable<KnownTemplate> templates(String key, RunCopy copy, long now) {
        if (copy.known != null) {
            return copy.known.templates().values();
        }
        KnownTemplates.Run before = copy.allTemplates ? known.find(key) : null;
        TreeMap<Integer, KnownTemplate> templates = new TreeMap<>();
        for (RunCopy.TemplateBytes bytes : copy.templates) {
            KnownTemplate old = before == null ? null : before.templates().get(bytes.id());
            templates.put(bytes.id(), KnownTemplate.of(bytes.id(), bytes.row(), copy.slots.get(bytes.id()), old));
        }
        if (copy.allTemplates && copy.version > 0) {
            known.keep(key, new KnownTemplates.Run(copy.version, copy.ledger.birth, buckets.start(now), templates));
        }
        return templates.values();
    }

    private static boolean wanted(RunView.Template template, Extent extent) {
        if (extent.template().isPresent() && extent.template().getAsInt() != template.id()) {
            return false;
        }
        if (extent.after() >= 0) {
            return template.last().offset() > extent.after() || template.changedAt() > extent.after();
        }
        return extent.template().isPresent() || template.live() && template.count() > 0;
    }

    private RunView.Template template(
            KnownTemplate one,
            Map<Integer, Page> counts,
            Map<Integer, List<RunView.Tally>> tallies,
            Extent extent,
            long now) {
        TemplateRow row = one.row();
        Page page = counts.getOrDefault(Page.page(row.id), new Page());
        int slot = Page.slot(row.id);
        long own = page.lines(slot);
        long events = page.events(slot);
        long lines = own;
        List<List<RunView.Tally>> parts = new ArrayList<>();
        parts.add(tallies.getOrDefault(row.id, List.of()));
        long lastSeen = own == 0 ? row.firstTime : page.lastTime(slot);
        Position last = own == 0
                ? new Position(row.firstOffset, row.firstIndex)
                : new Position(page.lastOffset(slot), page.lastIndex(slot));
        for (int id : row.absorbed) {
            Page other = counts.getOrDefault(Page.page(id), new Page());
            int at = Page.slot(id);
            lines += other.lines(at);
            events += other.events(at);
            parts.add(tallies.getOrDefault(id, List.of()));
            if (other.lines(at) != 0) {
                Position there = new Position(other.lastOffset(at), other.lastIndex(at));
                if (there.compareTo(last) > 0) {
                    last = there;
                    lastSeen = other.lastTime(at);
                }
            }
        }
        boolean evicted = row.fate == TemplateRow.EVICTED || row.live() && buckets.left(lastSeen, now);
        return new RunView.Template(
                row.id,
                row.fingerprint,
                text(row, extent.to()),
                one.earlierTexts(),
                TemplateEvents.level(row.level),
                row.lane == 0 ? "other" : "error",
                lines,
                events,
                own,
                row.firstTime,
                row.firstEventTime,
                new Position(row.firstOffset, row.firstIndex),
                lastSeen,
                last,
                one.streams(),
                Tallies.merge(parts),
                extent.slots() ? one.samples() : one.firstSample(),
                extent.slots() ? one.slots() : List.of(),
                row.id,
                row.fate == TemplateRow.MERGED ? OptionalInt.of(row.mergedInto) : OptionalInt.empty(),
                evicted,
                row.changedAt,
                row.overflow,
                row.novel == 0 ? Optional.empty() : Optional.of(row.novel == 2));
    }

    private static String text(TemplateRow row, long to) {
        for (TemplateRow.EarlierText earlier : row.texts) {
            if (earlier.time() >= to) {
                return earlier.text();
            }
        }
        return row.text;
    }

    /** Tallies by template within the window asked for. */
    private static Map<Integer, List<RunView.Tally>> tallies(RunCopy copy, Extent extent) {
        Map<Integer, List<RunView.Tally>> byTemplate = new HashMap<>();
        for (RunCopy.TallyPage tally : copy.tallies()) {
            if (tally.minute() >= Buckets.minute(extent.from()) && tally.minute() < extent.to()) {
                Page page = tally.counts();
                for (int slot = 0; slot < page.limit(); slot++) {
                    if (page.lines(slot) != 0) {
                        byTemplate
                                .computeIfAbsent(tally.number() * Page.SIZE + slot, fresh -> new ArrayList<>())
                                .add(new RunView.Tally(
                                        tally.minute(),
                                        page.lines(slot),
                                        page.events(slot),
                                        new Position(page.lastOffset(slot), page.lastIndex(slot))));
                    }
                }
            }
        }
        return byTemplate;
    }

    static RunView.LifeCycle life(Ledger ledger) {
        return new RunView.LifeCycle(
                ledger.state,
                ledger.stateSince,
                ledger.firstActivity,
                ledger.lastActivity,
                ledger.lastLine,
                ledger.lastHeartbeat,
                ledger.startedAt == 0 ? OptionalLong.empty() : OptionalLong.of(ledger.startedAt),
                ledger.endedAt == 0 ? OptionalLong.empty() : OptionalLong.of(ledger.endedAt),
                ledger.endReason == null ? "" : ledger.endReason,
                ledger.exitCode == null ? OptionalInt.empty() : OptionalInt.of(ledger.exitCode),
                Optional.ofNullable(ledger.signal),
                ledger.epoch,
                ledger.lateLines);
    }

    static RunView.Facts facts(FactsRow row) {
        return new RunView.Facts(
                row.command,
                row.title,
                row.job,
                row.provider,
                row.host,
                row.user,
                row.directory,
                row.gitCommit,
                row.gitBranch,
                row.ciJob,
                row.ciUrl,
                row.labels,
                row.format,
                row.masks,
                row.durationMillis < 0 ? OptionalLong.empty() : OptionalLong.of(row.durationMillis));
    }

    /** @param left lines of templates that have left by now and that the ledger still counts */
    static Accounting accounting(Ledger ledger, long left, long pending) {
        return new Accounting(
                ledger.read,
                ledger.counted - left,
                ledger.dropped,
                ledger.evicted + left,
                ledger.rejected,
                ledger.duplicates,
                ledger.gaps,
                ledger.undecodable,
                ledger.missing < 0 ? OptionalLong.empty() : OptionalLong.of(ledger.missing),
                pending);
    }

    private static RunView.Source source(SourceRow row) {
        List<RunView.Interval> accepted = new ArrayList<>();
        for (int i = 0; i < row.accepted.count(); i++) {
            accepted.add(new RunView.Interval(row.accepted.from(i), row.accepted.end(i)));
        }
        return new RunView.Source(
                row.name,
                row.stream,
                row.epoch,
                row.accepted.end(),
                accepted,
                row.duplicates,
                row.edgeNextSeq < 0 ? OptionalLong.empty() : OptionalLong.of(row.edgeNextSeq),
                row.lastActivity,
                row.labels);
    }
}

package dev.weir.drain;

import java.util.List;

/**
 * Every bound and threshold of a miner. The defaults are meant for every system; what is here exists for machines that
 * are small and lines that are strange.
 *
 * @param maxTemplates live templates of a run; shapes beyond it are counted in one overflow template a lane
 * @param maxTokens key tokens of a line that are mined; the rest of the line is one value
 * @param maxBytes bytes of a line that are mined
 * @param maxShapes remembered exact shapes, a cache that decides nothing
 * @param words distinct words after which a position is a value
 * @param valueWords the same after {@code key=} or a word that is a key elsewhere
 * @param leadWords the same for the first word, and where little else would remain
 * @param header whether sources have headers to learn; false when lines come already cut
 * @param slots whether values are summarised
 * @param masks patterns of the user's own
 * @param declared templates of the user's own; they win over mined ones
 * @param format how lines are to be read
 * @param seed what hashes begin with. It changes no result; a number that nobody knows keeps those who write lines from
 *     making some that the miner cannot tell apart
 */
public record MinerSettings(
        int maxTemplates,
        int maxTokens,
        int maxBytes,
        int maxShapes,
        int words,
        int valueWords,
        int leadWords,
        boolean header,
        boolean slots,
        List<Mask> masks,
        List<Declared> declared,
        Format format,
        long seed) {

    public static final MinerSettings DEFAULTS =
            new MinerSettings(4096, 96, 4096, 1 << 15, 5, 3, 12, true, true, List.of(), List.of(), Format.AUTO, 0);

    public MinerSettings {
        atLeast("maxTemplates", maxTemplates, 16);
        atLeast("maxTokens", maxTokens, 8);
        atLeast("maxBytes", maxBytes, 64);
        atLeast("maxShapes", maxShapes, 64);
        atLeast("words", words, 2);
        atLeast("valueWords", valueWords, 2);
        atLeast("leadWords", leadWords, 2);
        masks = List.copyOf(masks);
        declared = List.copyOf(declared);
    }

    private static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ": use at least " + least);
        }
    }

    public MinerSettings withMaxTemplates(int value) {
        return new MinerSettings(
                value,
                maxTokens,
                maxBytes,
                maxShapes,
                words,
                valueWords,
                leadWords,
                header,
                slots,
                masks,
                declared,
                format,
                seed);
    }

    public MinerSettings withHeader(boolean value) {
        return new MinerSettings(
                maxTemplates,
                maxTokens,
                maxBytes,
                maxShapes,
                words,
                valueWords,
                leadWords,
                value,
                slots,
                masks,
                declared,
                format,
                seed);
    }

    public MinerSettings withSlots(boolean value) {
        return new MinerSettings(
                maxTemplates,
                maxTokens,
                maxBytes,
                maxShapes,
                words,
                valueWords,
                leadWords,
                header,
                value,
                masks,
                declared,
                format,
                seed);
    }

    public MinerSettings withMasks(List<Mask> value) {
        return new MinerSettings(
                maxTemplates,
                maxTokens,
                maxBytes,
                maxShapes,
                words,
                valueWords,
                leadWords,
                header,
                slots,
                value,
                declared,
                format,
                seed);
    }

    public MinerSettings withDeclared(List<Declared> value) {
        return new MinerSettings(
                maxTemplates,
                maxTokens,
                maxBytes,
                maxShapes,
                words,
                valueWords,
                leadWords,
                header,
                slots,
                masks,
                value,
                format,
                seed);
    }

    public MinerSettings withFormat(Format value) {
        return new MinerSettings(
                maxTemplates,
                maxTokens,
                maxBytes,
                maxShapes,
                words,
                valueWords,
                leadWords,
                header,
                slots,
                masks,
                declared,
                value,
                seed);
    }

    public MinerSettings withSeed(long value) {
        return new MinerSettings(
                maxTemplates,
                maxTokens,
                maxBytes,
                maxShapes,
                words,
                valueWords,
                leadWords,
                header,
                slots,
                masks,
                declared,
                format,
                value);
    }
}

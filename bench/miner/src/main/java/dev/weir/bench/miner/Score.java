package dev.weir.bench.miner;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The four metrics of the Loghub-2.0 benchmark.
 *
 * @param ga share of lines whose group of lines is exactly a true group
 * @param fga F1 of right groups
 * @param pa share of lines whose template text is the true one
 * @param fta F1 of right template texts
 */
record Score(double ga, double fga, double pa, double fta) {

    static Score of(List<String> truth, List<String> texts, List<String> groups) {
        Map<String, Integer> size = new HashMap<>();
        Map<String, Map<String, Integer>> spread = new HashMap<>();
        Map<String, Set<String>> behind = new HashMap<>();
        int lines = 0;
        int same = 0;
        for (int i = 0; i < truth.size(); i++) {
            String t = truth.get(i);
            if (t.isEmpty()) {
                continue;
            }
            lines++;
            size.merge(groups.get(i), 1, Integer::sum);
            spread.computeIfAbsent(t, x -> new HashMap<>()).merge(groups.get(i), 1, Integer::sum);
            behind.computeIfAbsent(texts.get(i), x -> new HashSet<>()).add(t);
            same += t.equals(texts.get(i)) ? 1 : 0;
        }
        int rightLines = 0;
        int rightGroups = 0;
        for (Map<String, Integer> counts : spread.values()) {
            if (counts.size() == 1) {
                Map.Entry<String, Integer> only = counts.entrySet().iterator().next();
                if (only.getValue().equals(size.get(only.getKey()))) {
                    rightGroups++;
                    rightLines += only.getValue();
                }
            }
        }
        int rightTexts = 0;
        for (Map.Entry<String, Set<String>> e : behind.entrySet()) {
            rightTexts += e.getValue().equals(Set.of(e.getKey())) ? 1 : 0;
        }
        return new Score(
                (double) rightLines / lines,
                f1(rightGroups, size.size(), spread.size()),
                (double) same / lines,
                f1(rightTexts, behind.size(), spread.size()));
    }

    private static double f1(int right, int predicted, int truth) {
        return right == 0 ? 0 : 2.0 * right / (predicted + truth);
    }
}

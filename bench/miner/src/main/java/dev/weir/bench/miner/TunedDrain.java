package dev.weir.bench.miner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Drain with what speed can be had: words in place, groups that change in place, nothing kept of a line. A second
 * yardstick beside {@link TextbookDrain}: split on spaces, a tree of length and first words, similarity .4, depth 4, at
 * most a hundred children.
 */
final class TunedDrain {
    private static final double SIMILARITY = .4;
    private static final int WORDS = 2;
    private static final int CHILDREN = 100;
    private static final String ANY = "<*>";

    private static final class Node {
        final Map<String, Node> children = new HashMap<>();
        final List<Group> groups = new ArrayList<>();
    }

    private static final class Group {
        final int id;
        final String[] template;
        long count;

        Group(int id, String[] template) {
            this.id = id;
            this.template = template;
        }
    }

    private final Map<Integer, Node> byLength = new HashMap<>();
    private int groups;

    int mine(String line) {
        String[] words = line.trim().split(" ");
        Node node = byLength.computeIfAbsent(words.length, n -> new Node());
        for (int i = 0; i < WORDS && i < words.length; i++) {
            node = child(node, words[i]);
        }
        Group best = null;
        double most = -1;
        for (Group g : node.groups) {
            double like = similarity(g.template, words);
            if (like > most) {
                most = like;
                best = g;
            }
        }
        if (best == null || most < SIMILARITY) {
            best = new Group(groups++, words.clone());
            node.groups.add(best);
        } else {
            for (int i = 0; i < words.length; i++) {
                if (!best.template[i].equals(words[i])) {
                    best.template[i] = ANY;
                }
            }
        }
        best.count++;
        return best.id;
    }

    private static Node child(Node node, String word) {
        String key = digits(word) ? ANY : word;
        Node child = node.children.get(key);
        if (child == null) {
            key = node.children.size() + 1 < CHILDREN ? key : ANY;
            child = node.children.computeIfAbsent(key, k -> new Node());
        }
        return child;
    }

    private static boolean digits(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (Character.isDigit(word.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static double similarity(String[] template, String[] words) {
        int same = 0;
        for (int i = 0; i < words.length; i++) {
            same += template[i].equals(words[i]) ? 1 : 0;
        }
        return (double) same / words.length;
    }
}

package dev.weir.bench.miner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Drain as the paper has it, a yardstick: split on spaces, a tree of length and first words, similarity .4, depth 4, at
 * most a hundred children. With masks it first replaces values by regular expressions, as its users do.
 */
final class TextbookDrain {
    private static final double SIMILARITY = .4;
    private static final int WORDS = 2;
    private static final int CHILDREN = 100;
    private static final String ANY = "<*>";

    private static final Pattern[] MASKS = {
        Pattern.compile("\\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\b"),
        Pattern.compile("\\b(?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}\\b"),
        Pattern.compile("\\b(?:\\d{1,3}\\.){3}\\d{1,3}(?::\\d+)?\\b"),
        Pattern.compile("(?<=\\s|^)[a-zA-Z][\\w-]*+(?:\\.[\\w-]++)+:\\d+"),
        Pattern.compile("(?<=\\s|=|^)/[\\w./-]++"),
        Pattern.compile("\\b0x[0-9a-fA-F]+\\b"),
        Pattern.compile("\\b\\d{4}-\\d{2}-\\d{2}\\b"),
        Pattern.compile("\\b\\d{2}:\\d{2}:\\d{2}(?:[.,]\\d+)?\\b"),
        Pattern.compile("\\b[A-Za-z]++_-?\\d+\\b"),
        Pattern.compile("(?<![\\w.])[-+]?\\d+(?:\\.\\d+)?(?![\\w.])"),
    };

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

    private final boolean masked;
    private final Map<Integer, Node> byLength = new HashMap<>();
    private int groups;

    TextbookDrain(boolean masked) {
        this.masked = masked;
    }

    int mine(String line) {
        String text = line;
        if (masked) {
            for (Pattern mask : MASKS) {
                text = mask.matcher(text).replaceAll(ANY);
            }
        }
        String[] words = text.trim().split(" ");
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

package dev.weir.bench.miner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Drain as its authors published it, step by step, with the collections that Java has for what they used: a yardstick. A
 * line is stripped and split on white space; a tree of length and first words leads to the groups to compare it with;
 * the best of them, if it is similar enough, takes the line's number, and a new template if theirs and its differ. With
 * masks it first replaces values by regular expressions, as its users do.
 */
final class TextbookDrain {
    private static final double SIMILARITY = .4;
    /** The published depth of 4 counts the root and the groups. */
    private static final int DEPTH = 4 - 2;

    private static final int CHILDREN = 100;
    private static final String ANY = "<*>";
    private static final Pattern SPACE = Pattern.compile("\\s+");

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
        List<Group> groups = new ArrayList<>();
    }

    private static final class Group {
        final int id;
        List<String> template;
        final List<Integer> lines = new ArrayList<>();

        Group(int id, List<String> template) {
            this.id = id;
            this.template = template;
        }
    }

    /** How alike a template and a line are, and how many places of the template take anything. */
    private record Likeness(double similarity, int free) {}

    private final boolean masked;
    private final Map<Integer, Node> byLength = new HashMap<>();
    private int groups;
    private int lines;

    TextbookDrain(boolean masked) {
        this.masked = masked;
    }

    int mine(String line) {
        int number = ++lines;
        String text = line;
        if (masked) {
            for (Pattern mask : MASKS) {
                text = mask.matcher(text).replaceAll(ANY);
            }
        }
        List<String> words = List.of(SPACE.split(text.strip()));
        Group match = search(words);
        if (match == null) {
            match = new Group(groups++, words);
            add(match);
        } else {
            List<String> template = template(words, match.template);
            if (!String.join(" ", template).equals(String.join(" ", match.template))) {
                match.template = template;
            }
        }
        match.lines.add(number);
        return match.id;
    }

    private @Nullable Group search(List<String> words) {
        Node node = byLength.get(words.size());
        for (int depth = 1; node != null && depth <= DEPTH && depth <= words.size(); depth++) {
            Node next = node.children.get(words.get(depth - 1));
            node = next != null ? next : node.children.get(ANY);
        }
        return node == null ? null : best(node.groups, words);
    }

    private static @Nullable Group best(List<Group> groups, List<String> words) {
        Group best = null;
        double most = -1;
        int free = -1;
        for (Group group : groups) {
            Likeness like = likeness(group.template, words);
            if (like.similarity() > most || like.similarity() == most && like.free() > free) {
                most = like.similarity();
                free = like.free();
                best = group;
            }
        }
        return most >= SIMILARITY ? best : null;
    }

    private static Likeness likeness(List<String> template, List<String> words) {
        int same = 0;
        int free = 0;
        for (int i = 0; i < words.size(); i++) {
            if (template.get(i).equals(ANY)) {
                free++;
            } else if (template.get(i).equals(words.get(i))) {
                same++;
            }
        }
        return new Likeness((double) same / words.size(), free);
    }

    private static List<String> template(List<String> words, List<String> template) {
        List<String> wider = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            wider.add(words.get(i).equals(template.get(i)) ? words.get(i) : ANY);
        }
        return wider;
    }

    private void add(Group group) {
        Node node = byLength.computeIfAbsent(group.template.size(), n -> new Node());
        for (int depth = 1; depth <= DEPTH && depth <= group.template.size(); depth++) {
            String word = group.template.get(depth - 1);
            Node next = node.children.get(word);
            node = next != null ? next : child(node, word);
        }
        node.groups.add(group);
    }

    /** The child for a word that has none yet: words with digits, and all beyond the most there may be, share one. */
    private static Node child(Node parent, String word) {
        boolean room = parent.children.size() + (parent.children.containsKey(ANY) ? 0 : 1) < CHILDREN;
        String key = !digits(word) && room ? word : ANY;
        return parent.children.computeIfAbsent(key, k -> new Node());
    }

    private static boolean digits(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (Character.isDigit(word.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}

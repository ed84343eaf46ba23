package com.abrohr.attendance.system.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** One page as GitHub shows it: its headings, its links and its tables. */
record MarkdownPage(Path file, String text) {
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *$");
    private static final Pattern INLINE = Pattern.compile("\\]\\(([^)\\s]+)[^)]*\\)");
    private static final Pattern DEFINITION = Pattern.compile("(?m)^\\[([^\\]]+)\\]: +(\\S+)");
    private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```");
    private static final Pattern REFERENCE = Pattern.compile("\\[(`\\w+`)\\](?![(:\\[])");

    static MarkdownPage read(Path file) {
        try {
            return new MarkdownPage(file, FENCED.matcher(Files.readString(file)).replaceAll(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The anchors that the headings give. */
    List<String> anchors() {
        Map<String, Integer> taken = new HashMap<>();
        List<String> anchors = new ArrayList<>();
        for (String heading : all(HEADING, 1)) {
            String anchor =
                    heading.replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("[^\\p{L}\\p{N} _-]", "")
                            .replace(' ', '-');
            int before = taken.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        }
        return anchors;
    }

    /** Where the links of the page lead, as written. */
    List<String> links() {
        List<String> links = new ArrayList<>(all(INLINE, 1));
        links.addAll(definitions().values());
        return links;
    }

    /** Names in code and brackets that look like links and lead nowhere. */
    List<String> undefinedReferences() {
        Map<String, String> definitions = definitions();
        return all(REFERENCE, 1).stream()
                .distinct()
                .filter(name -> !definitions.containsKey(name))
                .toList();
    }

    private Map<String, String> definitions() {
        Map<String, String> definitions = new HashMap<>();
        DEFINITION
                .matcher(text)
                .results()
                .forEach(found -> definitions.put(found.group(1), found.group(2)));
        return definitions;
    }

    /** What stands in code in the first column of the table under a heading, row by row. */
    List<List<String>> firstColumn(String heading) {
        int start = text.indexOf("## " + heading + "\n");
        if (start < 0) {
            throw new IllegalArgumentException(file + " has no section " + heading);
        }
        int next = text.indexOf("\n## ", start);
        return text.substring(start, next < 0 ? text.length() : next)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("(?<!\\\\)\\|", 3)[1])
                .map(
                        cell ->
                                Pattern.compile("`([^`]+)`")
                                        .matcher(cell)
                                        .results()
                                        .map(found -> found.group(1))
                                        .toList())
                .toList();
    }

    private List<String> all(Pattern pattern, int group) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult each) -> each.group(group))
                .toList();
    }
}

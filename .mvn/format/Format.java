import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks or applies the source format under the JDK of the toolchain, because Maven itself may run on an older one whose
 * parser does not know the language level in use.
 */
final class Format {

    private Format() {}

    /** args: root folder of the project, then "check" or "apply"; exits with 1 when check finds a file to change. */
    public static void main(String[] args) throws Exception {
        Path root = Path.of(args[0]).normalize();
        boolean apply = args[1].equals("apply");
        Formatter formatter =
                new Formatter(JavaFormatterOptions.builder().style(Style.AOSP).build());
        List<Path> unformatted = new ArrayList<>();
        for (Path source : sources(root)) {
            String before = Files.readString(source);
            String after;
            try {
                after =
                        formatter.formatSource(
                                RemoveUnusedImports.removeUnusedImports(
                                        ImportOrderer.reorderImports(before, Style.AOSP)));
            } catch (Exception e) {
                System.err.println("cannot be parsed: " + root.relativize(source) + ": " + e.getMessage());
                System.exit(1);
                return;
            }
            if (!before.equals(after)) {
                unformatted.add(source);
                if (apply) {
                    Files.writeString(source, after);
                }
            }
        }
        if (!apply && !unformatted.isEmpty()) {
            unformatted.forEach(p -> System.err.println("not formatted: " + root.relativize(p)));
            System.err.println("run: ./mvnw -N process-sources -Dformat=apply");
            System.exit(1);
        }
    }

    private static List<Path> sources(Path root) throws IOException {
        List<Path> found = new ArrayList<>();
        try (var modules = Files.list(root)) {
            for (Path module : modules.filter(m -> Files.exists(m.resolve("src"))).sorted().toList()) {
                try (var files = Files.walk(module.resolve("src"))) {
                    files.filter(f -> f.toString().endsWith(".java")).sorted().forEach(found::add);
                }
            }
        }
        return found;
    }
}

package com.abrohr.attendance.system.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.system.deployment.ComposeFile;
import com.abrohr.attendance.system.deployment.ComposedSystem;
import com.abrohr.attendance.system.harness.Project;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class DocumentationTest {
    private static final Path ROOT = Project.root();

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .map(ROOT::relativize)
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_link_leads_to_a_file_and_a_heading_that_are_there(Path relative) {
        MarkdownPage page = MarkdownPage.read(ROOT.resolve(relative));
        List<String> broken = new ArrayList<>();
        for (String link : page.links()) {
            if (link.matches("[a-z]+:.*")) {
                continue;
            }
            String[] parts = link.split("#", 2);
            Path target =
                    parts[0].isEmpty()
                            ? page.file()
                            : page.file().resolveSibling(parts[0]).normalize();
            if (!Files.exists(target)
                    || parts.length == 2
                            && !MarkdownPage.read(target).anchors().contains(parts[1])) {
                broken.add(link);
            }
        }

        assertThat(broken).isEmpty();
        assertThat(page.undefinedReferences()).isEmpty();
    }

    @Test
    void every_message_stands_on_its_page_with_a_link_to_its_record() throws IOException {
        MarkdownPage page = MarkdownPage.read(ROOT.resolve("docs/messages.md"));
        Set<Path> linked =
                page.links().stream()
                        .map(link -> page.file().resolveSibling(link).normalize())
                        .collect(Collectors.toSet());
        try (Stream<Path> sources = Files.walk(ROOT.resolve("messages/src/main/java"))) {
            assertThat(sources)
                    .filteredOn(file -> file.toString().endsWith(".java"))
                    .filteredOn(file -> !file.endsWith("package-info.java"))
                    .isNotEmpty()
                    .allSatisfy(
                            file -> {
                                assertThat(linked).contains(file);
                                String name = file.getFileName().toString().replace(".java", "");
                                // The definition of the link alone is no mention.
                                assertThat(page.text())
                                        .containsPattern("\\[`" + name + "`\\](?!:)");
                            });
        }
    }

    @Test
    void the_table_of_settings_is_complete_and_names_nothing_else() {
        Set<String> documented = new TreeSet<>();
        for (List<String> row :
                MarkdownPage.read(ROOT.resolve("docs/runbook.md")).firstColumn("Settings")) {
            // `attendance.database.url`, `.username`: the others stand beside the first.
            String first = row.getFirst();
            for (String name : row) {
                documented.add(
                        name.startsWith(".")
                                ? first.substring(0, first.lastIndexOf('.')) + name
                                : name);
            }
        }
        documented.removeIf(name -> !name.startsWith("attendance."));

        assertThat(documented).isEqualTo(Settings.names());
    }

    @Test
    void the_compose_file_sets_nothing_that_no_setting_reads() {
        Set<String> known =
                Settings.names().stream().map(Settings::variable).collect(Collectors.toSet());
        List<ComposeFile.Service> services = ComposedSystem.compose().applications();

        assertThat(services)
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(
                        service -> assertThat(known).containsAll(service.environment().keySet()));
    }

    @Test
    void containers_can_write_nothing_and_have_no_privileges() {
        assertThat(ComposedSystem.compose().applications())
                .allSatisfy(
                        service -> {
                            assertThat(service.get("read_only")).isEqualTo(true);
                            assertThat(service.get("cap_drop")).isEqualTo(List.of("ALL"));
                            assertThat(service.get("security_opt").toString())
                                    .contains("no-new-privileges:true");
                            assertThat(service.get("depends_on").toString())
                                    .contains("service_healthy");
                        });
    }
}

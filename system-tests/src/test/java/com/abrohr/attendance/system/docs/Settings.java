package com.abrohr.attendance.system.docs;

import com.abrohr.attendance.system.harness.Project;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The names of all settings, read from the records that hold them. */
final class Settings {
    private static final String ANNOTATION =
            "org.springframework.boot.context.properties.ConfigurationProperties";

    private Settings() {}

    /** As one writes them in YAML: {@code attendance.edge.ping-interval}. */
    static Set<String> names() {
        JavaClasses product =
                new ClassFileImporter()
                        .importPaths(
                                List.of("command-side", "query-side", "websocket-edge", "app")
                                        .stream()
                                        .map(
                                                room ->
                                                        Project.root()
                                                                .resolve(room)
                                                                .resolve("target/classes"))
                                        .toList());
        Set<String> names = new TreeSet<>();
        for (JavaClass type : product) {
            if (type.isAnnotatedWith(ANNOTATION)) {
                Object prefix = type.getAnnotationOfType(ANNOTATION).get("value").orElseThrow();
                collect(prefix.toString(), type, product, names);
            }
        }
        return names;
    }

    private static void collect(
            String prefix, JavaClass type, JavaClasses product, Set<String> names) {
        for (JavaField component : type.getFields()) {
            if (component.getModifiers().contains(JavaModifier.STATIC)) {
                continue;
            }
            String name = prefix + "." + kebab(component.getName());
            JavaClass held = component.getRawType();
            if (product.contain(held.getName()) && held.isRecord()) {
                collect(name, held, product, names);
            } else {
                names.add(name);
            }
        }
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** As Spring reads a setting from the environment. */
    static String variable(String name) {
        return name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }
}

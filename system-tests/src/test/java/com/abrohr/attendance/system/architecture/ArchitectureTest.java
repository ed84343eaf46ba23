package com.abrohr.attendance.system.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.abrohr.attendance.app.archfixture.AskingForNow;
import com.abrohr.attendance.app.archfixture.FieldInjected;
import com.abrohr.attendance.app.archfixture.PublicController;
import com.abrohr.attendance.app.archfixture.StringUtils;
import com.abrohr.attendance.app.archfixture.cycle.AppPackageInACycle;
import com.abrohr.attendance.app.archfixture.cycle.inner.AppPackageThatLooksBack;
import com.abrohr.attendance.command.archfixture.CommandSideThatReads;
import com.abrohr.attendance.command.archfixture.NamedByItsClass;
import com.abrohr.attendance.command.archfixture.PublicAggregate;
import com.abrohr.attendance.command.attendance.archfixture.FeatureThatKnowsAnother;
import com.abrohr.attendance.command.engine.archfixture.EngineThatKnowsAFeature;
import com.abrohr.attendance.command.leave.archfixture.OtherFeature;
import com.abrohr.attendance.edge.archfixture.EdgeThatDecides;
import com.abrohr.attendance.edge.archfixture.RewrittenRefusal;
import com.abrohr.attendance.edge.archfixture.cycle.EdgePackageInACycle;
import com.abrohr.attendance.edge.archfixture.cycle.inner.EdgePackageThatLooksBack;
import com.abrohr.attendance.edge.socketio.archfixture.ProtocolWithDomain;
import com.abrohr.attendance.messages.archfixture.EventWithOwnType;
import com.abrohr.attendance.messages.archfixture.MessageWithAxon;
import com.abrohr.attendance.query.archfixture.ProjectionThatCommands;
import com.abrohr.attendance.query.archfixture.QuerySideThatDecides;
import com.abrohr.attendance.query.leave.archfixture.LeaveThatKnowsPunches;
import com.abrohr.attendance.query.projection.archfixture.ProjectionThatKnowsAFeature;
import com.abrohr.attendance.query.projection.archfixture.ProjectionThatKnowsAnEvent;
import com.abrohr.attendance.query.punch.archfixture.PunchesThatKnowLeave;
import com.abrohr.attendance.system.harness.Project;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

class ArchitectureTest {
    private static final List<String> ROOMS =
            List.of("messages", "command-side", "query-side", "websocket-edge", "app");
    private static JavaClasses product;

    @BeforeAll
    static void read() {
        List<Path> folders =
                ROOMS.stream()
                        .map(room -> Project.root().resolve(room).resolve("target/classes"))
                        .toList();
        assertThat(folders).allMatch(Files::isDirectory);
        product = new ClassFileImporter().importPaths(folders);
    }

    @Test
    void every_room_was_read() {
        for (String room : List.of("messages", "command", "query", "edge", "app")) {
            assertThat(product)
                    .as(room)
                    .anyMatch(
                            type ->
                                    type.getPackageName()
                                            .startsWith("com.abrohr.attendance." + room));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rulesAndFixtures")
    void the_product_keeps_the_rule(ArchRule rule, List<Class<?>> illegal) {
        rule.check(product);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("rulesAndFixtures")
    void the_rule_bites(ArchRule rule, List<Class<?>> illegal) {
        JavaClasses classes = new ClassFileImporter().importClasses(illegal);

        assertThatThrownBy(() -> rule.allowEmptyShould(true).check(classes))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(illegal.getFirst().getSimpleName());
    }

    static Stream<Arguments> rulesAndFixtures() {
        return Stream.of(
                rule(Rules.MESSAGES_KNOW_THE_JDK_ALONE, MessageWithAxon.class),
                rule(Rules.COMMAND_SIDE_KNOWS_NO_OTHER_ROOM, CommandSideThatReads.class),
                rule(Rules.QUERY_SIDE_KNOWS_NO_OTHER_ROOM, QuerySideThatDecides.class),
                rule(Rules.EDGE_KNOWS_NO_OTHER_ROOM, EdgeThatDecides.class),
                rule(Rules.PROTOCOLS_KNOW_NO_DOMAIN, ProtocolWithDomain.class),
                rule(Rules.COMMAND_ENGINES_KNOW_NO_FEATURE, EngineThatKnowsAFeature.class),
                rule(
                        Rules.COMMAND_FEATURES_KNOW_NO_OTHER_FEATURE,
                        FeatureThatKnowsAnother.class,
                        OtherFeature.class),
                rule(
                        Rules.COMMAND_PACKAGES_HAVE_NO_CYCLE,
                        FeatureThatKnowsAnother.class,
                        OtherFeature.class),
                rule(Rules.QUERY_ENGINES_KNOW_NO_FEATURE, ProjectionThatKnowsAFeature.class),
                rule(
                        Rules.QUERY_ENGINES_KNOW_NO_MESSAGE_OF_A_FEATURE,
                        ProjectionThatKnowsAnEvent.class),
                rule(
                        Rules.QUERY_FEATURES_KNOW_NO_OTHER_FEATURE,
                        LeaveThatKnowsPunches.class,
                        PunchesThatKnowLeave.class),
                rule(
                        Rules.QUERY_PACKAGES_HAVE_NO_CYCLE,
                        LeaveThatKnowsPunches.class,
                        PunchesThatKnowLeave.class),
                rule(Rules.EVENTS_HOLD_JDK_TYPES, EventWithOwnType.class),
                rule(Rules.AGGREGATES_ARE_PACKAGE_PRIVATE, PublicAggregate.class),
                rule(Rules.CONTROLLERS_ARE_PACKAGE_PRIVATE, PublicController.class),
                rule(Rules.NO_FIELD_IS_INJECTED, FieldInjected.class),
                rule(Rules.NO_HELPER_DUMPS, StringUtils.class),
                rule(Rules.PROJECTIONS_SEND_NO_COMMANDS, ProjectionThatCommands.class),
                rule(Rules.ONLY_THE_CLOCK_BEAN_ASKS_FOR_NOW, AskingForNow.class),
                rule(Rules.REFUSALS_ARE_NOT_REWRITTEN, RewrittenRefusal.class),
                rule(Rules.NOTHING_IS_STORED_BY_THE_NAME_OF_A_CLASS, NamedByItsClass.class),
                rule(
                        Rules.NO_CYCLES_IN_THE_EDGE,
                        EdgePackageInACycle.class,
                        EdgePackageThatLooksBack.class),
                rule(
                        Rules.NO_CYCLES_IN_THE_APP,
                        AppPackageInACycle.class,
                        AppPackageThatLooksBack.class));
    }

    /**
     * @param illegal what breaks the rule, the class that is reported first
     */
    private static Arguments rule(ArchRule rule, Class<?>... illegal) {
        return Arguments.of(
                Named.of(rule.getDescription(), rule),
                Named.of(illegal[0].getSimpleName(), List.of(illegal)));
    }
}

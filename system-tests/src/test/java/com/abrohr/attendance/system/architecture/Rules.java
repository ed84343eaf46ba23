package com.abrohr.attendance.system.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import java.util.Set;

/** What holds for every class of the product; each is proved to bite by a fixture. */
final class Rules {
    private static final String ROOT = "com.abrohr.attendance.";
    private static final String MESSAGES = ROOT + "messages..";
    private static final String COMMAND = ROOT + "command..";
    private static final String QUERY = ROOT + "query..";
    private static final String EDGE = ROOT + "edge..";
    private static final String APP = ROOT + "app..";
    private static final String[] COMMAND_FEATURES = {
        ROOT + "command.attendance..", ROOT + "command.leave..", ROOT + "command.workforce.."
    };
    private static final String[] COMMAND_ENGINES = {
        ROOT + "command.engine..",
        ROOT + "command.eventstore..",
        ROOT + "command.serialization..",
        ROOT + "command.api.."
    };
    private static final String[] QUERY_FEATURES = {
        ROOT + "query.employee..",
        ROOT + "query.leave..",
        ROOT + "query.presence..",
        ROOT + "query.punch..",
        ROOT + "query.worksession.."
    };
    private static final String[] QUERY_ENGINES = {
        ROOT + "query.eventlog..",
        ROOT + "query.livefeed..",
        ROOT + "query.projection..",
        ROOT + "query.read.."
    };
    private static final String[] PROTOCOL = {ROOT + "edge.engineio..", ROOT + "edge.socketio.."};

    private static final Set<String> CLOCKS = Set.of("java.time.Clock", "java.time.InstantSource");

    private Rules() {}

    static final ArchRule MESSAGES_KNOW_THE_JDK_ALONE =
            noClasses()
                    .that()
                    .resideInAPackage(MESSAGES)
                    .should()
                    .dependOnClassesThat(
                            DescribedPredicate.not(
                                    resideInAnyPackage(MESSAGES, "java..", "org.jspecify..")))
                    .as("messages depend on the JDK, jspecify and each other alone");

    static final ArchRule COMMAND_SIDE_KNOWS_NO_OTHER_ROOM =
            noClasses()
                    .that()
                    .resideInAPackage(COMMAND)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(QUERY, EDGE, APP)
                    .as("command-side knows of messages alone");

    static final ArchRule QUERY_SIDE_KNOWS_NO_OTHER_ROOM =
            noClasses()
                    .that()
                    .resideInAPackage(QUERY)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(COMMAND, EDGE, APP)
                    .as("query-side knows of messages alone");

    static final ArchRule EDGE_KNOWS_NO_OTHER_ROOM =
            noClasses()
                    .that()
                    .resideInAPackage(EDGE)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(COMMAND, QUERY, APP)
                    .as("websocket-edge knows of messages alone");

    static final ArchRule PROTOCOLS_KNOW_NO_DOMAIN =
            noClasses()
                    .that()
                    .resideInAnyPackage(PROTOCOL)
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("com.abrohr.attendance..")
                                    .and(DescribedPredicate.not(resideInAnyPackage(PROTOCOL))))
                    .orShould()
                    .dependOnClassesThat()
                    .resideInAPackage("org.axonframework..")
                    .as("the protocol packages know no domain and no Axon");

    static final ArchRule COMMAND_ENGINES_KNOW_NO_FEATURE =
            noClasses()
                    .that()
                    .resideInAnyPackage(COMMAND_ENGINES)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(COMMAND_FEATURES)
                    .orShould()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            ROOT + "messages.attendance..",
                            ROOT + "messages.leave..",
                            ROOT + "messages.workforce..")
                    .as("the engines of command-side know no feature");

    static final ArchRule COMMAND_FEATURES_KNOW_NO_OTHER_FEATURE =
            slices().matching(ROOT + "command.(attendance|leave|workforce)..")
                    .should()
                    .notDependOnEachOther()
                    .as("no feature of command-side knows another");

    static final ArchRule COMMAND_PACKAGES_HAVE_NO_CYCLE =
            slices().matching(ROOT + "command.(*)..")
                    .should()
                    .beFreeOfCycles()
                    .as("packages of command-side have no cycle");

    static final ArchRule QUERY_ENGINES_KNOW_NO_FEATURE =
            noClasses()
                    .that()
                    .resideInAnyPackage(QUERY_ENGINES)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(QUERY_FEATURES)
                    .as("the engines of query-side know no feature");

    /** The live board is one by its messages: tiles, pending leave, activity. */
    static final ArchRule QUERY_ENGINES_KNOW_NO_MESSAGE_OF_A_FEATURE =
            noClasses()
                    .that()
                    .resideInAnyPackage(QUERY_ENGINES)
                    .and()
                    .resideOutsideOfPackage(ROOT + "query.livefeed..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            ROOT + "messages.attendance..",
                            ROOT + "messages.leave..",
                            ROOT + "messages.workforce..")
                    .as(
                            "the engines of query-side, but for the live board, know no feature's message");

    static final ArchRule QUERY_FEATURES_KNOW_NO_OTHER_FEATURE =
            slices().matching(ROOT + "query.(employee|leave|presence|punch|worksession)..")
                    .should()
                    .notDependOnEachOther()
                    .as("no feature of query-side knows another");

    static final ArchRule QUERY_PACKAGES_HAVE_NO_CYCLE =
            slices().matching(ROOT + "query.(*)..")
                    .should()
                    .beFreeOfCycles()
                    .as("packages of query-side have no cycle");

    static final ArchRule EVENTS_HOLD_JDK_TYPES =
            fields().that()
                    .areDeclaredInClassesThat(areEvents())
                    .and()
                    .areNotStatic()
                    .should(haveATypeOfTheJdk())
                    .as("events hold JDK types alone, because they are kept for ever");

    static final ArchRule AGGREGATES_ARE_PACKAGE_PRIVATE =
            fields().that()
                    .areAnnotatedWith("org.axonframework.modelling.command.AggregateIdentifier")
                    .should()
                    .beDeclaredInClassesThat()
                    .arePackagePrivate()
                    .as("aggregates are package-private");

    static final ArchRule CONTROLLERS_ARE_PACKAGE_PRIVATE =
            classes()
                    .that()
                    .areAnnotatedWith("org.springframework.web.bind.annotation.RestController")
                    .or()
                    .areAnnotatedWith("org.springframework.stereotype.Controller")
                    .should()
                    .bePackagePrivate()
                    .as("controllers are package-private");

    static final ArchRule NO_FIELD_IS_INJECTED =
            noFields()
                    .should()
                    .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
                    .orShould()
                    .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
                    .orShould()
                    .beAnnotatedWith("jakarta.inject.Inject")
                    .orShould()
                    .beAnnotatedWith("jakarta.annotation.Resource")
                    .as("what a class needs comes through its constructor");

    static final ArchRule NO_HELPER_DUMPS =
            noClasses()
                    .should()
                    .haveSimpleNameEndingWith("Utils")
                    .orShould()
                    .haveSimpleNameEndingWith("Util")
                    .orShould()
                    .haveSimpleNameEndingWith("Helper")
                    .orShould()
                    .haveSimpleNameEndingWith("Helpers")
                    .orShould()
                    .resideInAnyPackage("..utils..", "..util..", "..common..", "..misc..")
                    .as("no class is called by what it is not");

    static final ArchRule PROJECTIONS_SEND_NO_COMMANDS =
            noClasses()
                    .that()
                    .resideInAPackage(QUERY)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.axonframework.commandhandling..")
                    .as("the query side sends no commands");

    static final ArchRule ONLY_THE_CLOCK_BEAN_ASKS_FOR_NOW =
            noClasses()
                    .should()
                    .accessTargetWhere(asksForNow())
                    .as("only the clock bean of app asks for now");

    /** A word that is replaced may stand in what somebody wrote, too. */
    static final ArchRule REFUSALS_ARE_NOT_REWRITTEN =
            noClasses()
                    .that(refuse())
                    .should()
                    .callMethod(String.class, "replace", CharSequence.class, CharSequence.class)
                    .orShould()
                    .callMethod(String.class, "replaceAll", String.class, String.class)
                    .orShould()
                    .callMethod(String.class, "replaceFirst", String.class, String.class)
                    .as("who refuses composes its words and rewrites none");

    static final ArchRule NOTHING_IS_STORED_BY_THE_NAME_OF_A_CLASS =
            noClasses()
                    .that()
                    .resideInAPackage(COMMAND)
                    .should()
                    .callMethod(Class.class, "getSimpleName")
                    .as("what the log holds has names of its own, not those of classes");

    static final ArchRule NO_CYCLES_IN_THE_EDGE =
            slices().matching(ROOT + "edge.(**)")
                    .should()
                    .beFreeOfCycles()
                    .as("the packages of websocket-edge are free of cycles");

    static final ArchRule NO_CYCLES_IN_THE_APP =
            slices().matching(ROOT + "app.(**)")
                    .should()
                    .beFreeOfCycles()
                    .as("the packages of app are free of cycles");

    private static DescribedPredicate<JavaClass> refuse() {
        return DescribedPredicate.describe(
                "refuse",
                type ->
                        type.getDirectDependenciesFromSelf().stream()
                                .map(dependency -> dependency.getTargetClass().getName())
                                .anyMatch((ROOT + "messages.Refusal")::equals));
    }

    private static DescribedPredicate<JavaClass> areEvents() {
        return DescribedPredicate.describe(
                "are events",
                type -> !type.isInterface() && type.isAssignableTo(ROOT + "messages.DomainEvent"));
    }

    private static ArchCondition<JavaField> haveATypeOfTheJdk() {
        return new ArchCondition<>("have a type of the JDK") {
            @Override
            public void check(JavaField field, ConditionEvents events) {
                for (JavaClass type : field.getType().getAllInvolvedRawTypes()) {
                    boolean jdk =
                            type.isPrimitive()
                                    || type.getBaseComponentType()
                                            .getPackageName()
                                            .startsWith("java.");
                    if (!jdk) {
                        events.add(
                                SimpleConditionEvent.violated(
                                        field,
                                        field.getFullName() + " has type " + type.getName()));
                    }
                }
            }
        };
    }

    /** Reading the wall clock by any of the ways that the JDK has; System.nanoTime is none. */
    private static DescribedPredicate<JavaAccess<?>> asksForNow() {
        return DescribedPredicate.describe(
                "asks for now",
                access -> {
                    String owner = access.getTargetOwner().getName();
                    String name = access.getTarget().getName();
                    if (isClockBean(access.getOriginOwner())) {
                        return false;
                    }
                    if (CLOCKS.contains(owner)) {
                        return name.startsWith("system") || name.startsWith("tick");
                    }
                    if (owner.equals("java.lang.System")) {
                        return name.equals("currentTimeMillis");
                    }
                    if (owner.equals("java.util.Date") || owner.equals("java.util.Calendar")) {
                        return name.equals("<init>") || name.equals("getInstance");
                    }
                    return owner.startsWith("java.time.")
                            && name.equals("now")
                            && access.getDescription().contains(owner + ".now(")
                            && !access.getDescription().contains("now(java.time.Clock)");
                });
    }

    /** The one class with a method that makes the clock for everybody else. */
    private static boolean isClockBean(JavaClass type) {
        return type.getPackageName().equals(ROOT + "app")
                && type.getMethods().stream()
                        .anyMatch(
                                method ->
                                        method.getRawReturnType()
                                                        .getName()
                                                        .equals("java.time.Clock")
                                                && !method.getModifiers()
                                                        .contains(JavaModifier.PRIVATE));
    }
}

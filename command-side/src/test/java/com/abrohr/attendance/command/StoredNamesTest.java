package com.abrohr.attendance.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.command.engine.AggregateType;
import com.abrohr.attendance.command.workforce.EnrolmentOnFirstUse;
import com.abrohr.attendance.command.workforce.WorkforceSettings;
import com.abrohr.attendance.messages.PersonalData;
import com.abrohr.attendance.messages.identity.MetadataKeys;
import com.abrohr.attendance.messages.identity.Role;
import com.abrohr.attendance.messages.identity.Source;

import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

/**
 * What stands in the log beside its events by a name of its own. None may ever change, whatever
 * becomes of the class or constant behind it; a new one is added here.
 */
class StoredNamesTest {

    @Test
    void aggregatesAndTheirStreams() {
        List<AggregateType<?>> types =
                CommandSideConfiguration.aggregates(
                        new WorkforceSettings(ZoneOffset.UTC, Duration.ofHours(72)));
        assertThat(types.stream().map(StoredNamesTest::storedNames))
                .containsExactlyInAnyOrder(
                        "TimeClock time-clock/acme/ana",
                        "LeaveAccount leave-account/acme/ana",
                        "Employee employee/acme/ana");
    }

    private static String storedNames(AggregateType<?> type) {
        AggregateRoot named = type.type().getAnnotation(AggregateRoot.class);
        assertThat(named).as("the name of %s is no class name", type.type()).isNotNull();
        assertThat(AnnotatedAggregateMetaModelFactory.inspectAggregate(type.type()).type())
                .isEqualTo(named.type());
        return named.type() + " " + type.streamOf("acme", "ana");
    }

    @Test
    void keysOfTheMetadata() {
        assertThat(
                        List.of(
                                MetadataKeys.COMPANY_ID,
                                MetadataKeys.ACTOR_ID,
                                MetadataKeys.ACTOR_ROLE,
                                MetadataKeys.SOURCE,
                                MetadataKeys.COMMAND_ID,
                                MetadataKeys.OCCURRED_AT,
                                MetadataKeys.RECEIVED_AT,
                                MetadataKeys.ZONE_ID,
                                MetadataKeys.CORRELATION_ID,
                                MetadataKeys.CAUSATION_ID,
                                MetadataKeys.OFFLINE))
                .containsExactly(
                        "companyId",
                        "actorId",
                        "actorRole",
                        "source",
                        "commandId",
                        "occurredAt",
                        "receivedAt",
                        "zoneId",
                        "correlationId",
                        "causationId",
                        "offline");
    }

    @Test
    void valuesOfTheMetadata() {
        assertThat(Role.values())
                .extracting(Role::name)
                .containsExactlyInAnyOrder(
                        "EMPLOYEE", "MANAGER", "HR", "AUDITOR", "ADMIN", "INTEGRATION", "SYSTEM");
        assertThat(Source.values())
                .extracting(Source::name)
                .containsExactlyInAnyOrder("WEB", "MOBILE", "KIOSK", "DEVICE", "API", "SYSTEM");
        assertThat(EnrolmentOnFirstUse.COMMAND_ID).isEqualTo("enrolment-on-first-use");
    }

    @Test
    void categoriesOfPersonalData() {
        assertThat(PersonalData.Category.values())
                .extracting(PersonalData.Category::name)
                .containsExactlyInAnyOrder("NAME", "LOCATION", "FREE_TEXT");
    }
}

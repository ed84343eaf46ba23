package com.abrohr.attendance.command.workforce;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;
import java.time.ZoneId;

/**
 * What holds for every employee of this installation.
 *
 * @param defaultZone IANA zone of employees who are registered without one
 * @param offlineLookBack how long ago a punch sent as offline may have happened, 0s or more; what
 *     is older is taken from HR and INTEGRATION alone
 */
@ConfigurationProperties("attendance.workforce")
public record WorkforceSettings(
        @DefaultValue("UTC") ZoneId defaultZone, @DefaultValue("72h") Duration offlineLookBack) {

    public WorkforceSettings {
        if (offlineLookBack.isNegative()) {
            throw new IllegalArgumentException(
                    "attendance.workforce.offline-look-back must be 0s or more");
        }
    }
}

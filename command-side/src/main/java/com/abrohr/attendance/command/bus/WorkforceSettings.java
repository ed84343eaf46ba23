package com.abrohr.attendance.command.bus;

import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param defaultZone IANA zone of employees who are registered without one
 */
@ConfigurationProperties("attendance.workforce")
public record WorkforceSettings(@DefaultValue("UTC") ZoneId defaultZone) {}

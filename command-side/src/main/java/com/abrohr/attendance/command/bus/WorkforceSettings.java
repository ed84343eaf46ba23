package com.abrohr.attendance.command.bus;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.ZoneId;

/**
 * @param defaultZone IANA zone of employees who are registered without one
 */
@ConfigurationProperties("attendance.workforce")
public record WorkforceSettings(@DefaultValue("UTC") ZoneId defaultZone) {}

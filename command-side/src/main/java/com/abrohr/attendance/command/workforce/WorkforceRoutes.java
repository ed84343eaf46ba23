package com.abrohr.attendance.command.workforce;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What this feature takes over REST. */
@Configuration(proxyBeanMethods = false)
@Import(EmployeeController.class)
public class WorkforceRoutes {}

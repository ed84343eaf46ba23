package com.abrohr.attendance.command.leave;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What this feature takes over REST. */
@Configuration(proxyBeanMethods = false)
@Import(LeaveRequestController.class)
public class LeaveRoutes {}

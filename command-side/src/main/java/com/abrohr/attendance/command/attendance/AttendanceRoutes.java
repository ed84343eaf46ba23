package com.abrohr.attendance.command.attendance;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What this feature takes over REST. */
@Configuration(proxyBeanMethods = false)
@Import({PunchController.class, PunchBatchController.class, CorrectionController.class})
public class AttendanceRoutes {}

package com.abrohr.attendance.messages.workforce;

import com.abrohr.attendance.messages.DomainEvent;

public sealed interface WorkforceEvent extends DomainEvent permits EmployeeRegistered {}

package com.abrohr.attendance.messages.archfixture;

import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.attendance.Location;

import java.util.List;

/** Illegal: an event whose fields are no types of the JDK. */
public record EventWithOwnType(String companyId, String employeeId, List<Location> places)
        implements DomainEvent {}

package com.abrohr.attendance.app.demo;

import com.abrohr.attendance.messages.identity.Role;

record DemoPerson(
        String employeeId, String displayName, Role role, String departmentId, DemoSite site) {}

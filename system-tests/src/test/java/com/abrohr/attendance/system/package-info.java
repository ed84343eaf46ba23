/** The whole system from outside: HTTP, real socket clients, a real browser, faults. */
package com.abrohr.attendance.system;

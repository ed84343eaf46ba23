/** What must be true of log, read models and answers after any fault; knows nothing of how. */
package com.abrohr.attendance.system.consistency;

/** The rules of the source tree, and a breach of each that proves that it would be seen. */
package com.abrohr.attendance.system.architecture;

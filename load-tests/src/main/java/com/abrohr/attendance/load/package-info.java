/** Benchmarks of the running product, each with a reference measured in the same run. */
@NullMarked
package com.abrohr.attendance.load;

import org.jspecify.annotations.NullMarked;
